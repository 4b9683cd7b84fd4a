// MatchServer
