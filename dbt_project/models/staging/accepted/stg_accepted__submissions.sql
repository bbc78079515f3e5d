{{ accepted_as_known('submissions', keep_superseded=true) }}
