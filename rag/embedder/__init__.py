"""How the embedder onrecord-minilm (`ingest.own_model`) is taught. Nothing here runs when answering."""
