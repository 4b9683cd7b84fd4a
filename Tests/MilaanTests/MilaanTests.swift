// Milaan
