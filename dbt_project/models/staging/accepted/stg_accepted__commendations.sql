{{ accepted_as_known('commendations') }}
