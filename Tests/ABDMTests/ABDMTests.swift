// ABDM
