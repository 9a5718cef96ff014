"""How the reader is taught: material, styles, mined groups, fitting and judging. Nothing here runs when answering."""
