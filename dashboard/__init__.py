"""What the pages share: the view, data access, the map, its legend, widgets and routes."""
