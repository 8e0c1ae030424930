"""Self-examination: what `huancheng doctor` and the page of operations look at, each finding with its cure."""
