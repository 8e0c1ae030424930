"""示例市: a generated plain city whose planted problems are known."""

from huancheng.city.generate.city import Generated, generate_city
from huancheng.city.generate.sizes import SIZES

__all__ = ["SIZES", "Generated", "generate_city"]
