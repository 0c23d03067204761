"""What is on screen, wherever it is shown: view, address, metrics and choropleth."""
