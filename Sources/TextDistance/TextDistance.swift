// TextDistance
