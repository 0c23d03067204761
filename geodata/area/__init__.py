"""An area where something happens: which KIM are in it, who is next, and who lives there."""
