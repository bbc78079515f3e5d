{{ accepted_as_known('form_returns') }}
