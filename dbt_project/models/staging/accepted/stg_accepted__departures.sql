{{ accepted_as_known('departures') }}
