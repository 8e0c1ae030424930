"""Keys with which a program acts for a person."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Person, Post


class Token(models.Model):
    """A key bound to one post of one person; it can do what that post can do, and nothing once the post has ended."""

    name = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tokens")
    prefix = models.CharField(max_length=12, unique=True)
    """Its beginning, by which it is recognised in lists."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the whole; the key itself is shown once and not kept."""
    may_act = models.BooleanField(default=False)
    """Whether it may change anything, or only read."""
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
