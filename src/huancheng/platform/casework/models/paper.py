"""Papers of a case, their versions, and the copies the public may read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.models.case import Case
from huancheng.platform.files.models import StoredFile


class Paper(models.Model):
    """A paper: what it is. What it says lies in its versions, of which none is ever lost."""

    class Kind(models.TextChoices):
        """What sort of paper."""

        BODY = "body", _("正文")
        ANNEX = "annex", _("附件")
        DRAWINGS = "drawings", _("图集")
        APPROVAL = "approval", _("批复扫描件")
        DOCUMENT = "document", _("红头文件")
        MINUTES = "minutes", _("会议纪要")
        INSTRUCTION = "instruction", _("批示")
        OPINION = "opinion", _("意见")
        NOTICE = "notice", _("公示材料")
        DATA = "data", _("数据")
        OTHER = "other", _("其他")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField()
    """件号: 1, 2, 3 … in the case."""
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slot = models.CharField(max_length=120, blank=True)
    """Required paper it stands for, as the pack names it; empty for any other."""
    number = models.CharField(max_length=120, blank=True)
    """文号."""
    dated = models.DateField(null=True, blank=True)
    """Date of the paper itself."""
    published = models.ForeignKey("PublicCopy", null=True, on_delete=models.PROTECT, related_name="published_as")
    """Copy the public may read; empty while it is for the case alone."""

    class Meta:
        """One number once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "position"), name="casework_paper_once"),)
        ordering = ("case", "position")

    def __str__(self) -> str:
        return self.title


class PaperVersion(models.Model):
    """A paper as it was handed in once."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    """1, 2, 3 … of the paper."""
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="paper_versions")
    name = models.CharField(max_length=240)
    """Name of the file as it was brought; may name people, so it stays out of the log."""
    brought_by = models.BigIntegerField(null=True)
    """Person who brought it."""
    brought_for = models.BigIntegerField(null=True)
    """Body for which they did."""
    brought_at = models.DateTimeField()

    class Meta:
        """One number once in a paper."""

        constraints = (models.UniqueConstraint(fields=("paper", "number"), name="casework_paper_version_once"),)
        ordering = ("paper", "number")

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class PublicCopy(models.Model):
    """A version made fit for the public: what must not be read is blackened. Only a second person lets it out."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="public_copies")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="public_copies")
    name = models.CharField(max_length=240)
    made_by = models.BigIntegerField()
    """Person who made it or declared that nothing needs blackening."""
    made_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    """The second person, who compared it with the original."""
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody confirms their own copy, not even past the domain functions."""

        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")),
                name="casework_public_copy_two_people",
            ),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.version} public"

    @property
    def is_waiting(self) -> bool:
        """Whether a second person has yet to look at it."""
        return self.confirmed_at is None and self.refused_at is None
