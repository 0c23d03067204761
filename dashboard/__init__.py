"""What the pages share: the selection, data access, the map, its legend, widgets and routes."""
