{{ accepted_as_known('explanations', known_by='answered_at') }}
