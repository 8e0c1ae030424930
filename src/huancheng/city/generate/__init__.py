"""示例市: a generated plain city whose planted problems are known."""
