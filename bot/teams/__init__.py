"""The Bot Framework, whole: the day its archived SDK leaves, this folder is rebuilt and no other."""
