"""Commands of `huancheng manage` that this app adds."""
