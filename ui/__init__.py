"""What a person sees: the chat page and the command line. Finds and answers nothing itself."""
