"""One YAML file per dataset, the frozen values they become, and the loader: the only place that describes a dataset."""
