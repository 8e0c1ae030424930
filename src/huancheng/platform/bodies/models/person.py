"""People, the posts they hold and the delegations they give."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from huancheng.platform.bodies.models.body import Body


class PersonManager(BaseUserManager["Person"]):
    """Finds and makes people."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Person:
        """Make a person; without a password they can't sign in with one."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. Their data can be erased; events keep only the number."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """By name."""

        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username


class Post(models.Model):
    """A person's role in a body, with dates. Rights come from posts and from nothing else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30)
    """Id of a role in the pack's `posts.yaml`."""
    title = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """A role in a body begins once on a day; that its times don't overlap is for the domain."""

        constraints = (
            models.UniqueConstraint(fields=("person", "body", "role", "valid_from"), name="bodies_post_once"),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.body} {self.role}"


class Delegation(models.Model):
    """Someone exercises another's post for a time; what they do is recorded in both names."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="delegations")
    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegated")
    valid_from = models.DateField()
    valid_until = models.DateField()
    paper = models.CharField(max_length=120, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-valid_from", "-id")

    def __str__(self) -> str:
        return f"{self.post} → {self.to}"
