{{ accepted_as_known('overseas_talents') }}
