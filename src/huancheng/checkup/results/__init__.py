"""The value store of a check-up: values, features, problems and actions in one immutable folder."""
