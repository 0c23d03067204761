"""Briefing packs: one model of a region's figures, written as HTML, slides, PDF and a map."""
