"""Batches, staged rows, versions of KIM, personal data, aliases and column mappings."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and give the registry its name."""
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_sha256"), "batch", ["sha256"], unique=False)
    op.create_table(
        "column_mapping",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "header", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "kim",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim")),
    )
    op.create_table(
        "registry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_revision_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_batch_id"), "revision", ["batch_id"], unique=False)
    op.create_table(
        "staged_row",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("provinsi", sa.Text(), nullable=False),
        sa.Column("kabupaten_kota", sa.Text(), nullable=False),
        sa.Column("kecamatan", sa.Text(), nullable=False),
        sa.Column("desa", sa.Text(), nullable=False),
        sa.Column("nomor_induk", sa.Text(), nullable=False),
        sa.Column("nama_kim", sa.Text(), nullable=False),
        sa.Column("kode_wilayah", sa.Text(), nullable=False),
        sa.Column("bidang", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tanggal_terdaftar", sa.Date(), nullable=True),
        sa.Column("tanggal_diperbarui", sa.Date(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("jumlah_anggota", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lng", sa.Float(), nullable=True),
        sa.Column("bidang_lain", sa.Text(), nullable=False),
        sa.Column("metode", sa.String(length=20), nullable=False),
        sa.Column("skor", sa.Float(), nullable=True),
        sa.Column("kandidat", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("alasan", sa.JSON(), nullable=False),
        sa.Column("kembar", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("merge_kim", sa.Integer(), nullable=True),
        sa.Column("merge_row", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("kim_id", sa.Integer(), nullable=True),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_staged_row_batch_id")),
        sa.ForeignKeyConstraint(["kim_id"], ["kim.id"], name=op.f("fk_staged_row_kim_id")),
        sa.ForeignKeyConstraint(["merge_kim"], ["kim.id"], name=op.f("fk_staged_row_merge_kim")),
        sa.ForeignKeyConstraint(
            ["merge_row"], ["staged_row.id"], name=op.f("fk_staged_row_merge_row")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_staged_row_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_row")),
    )
    op.create_index(
        op.f("ix_staged_row_batch_id_outcome"), "staged_row", ["batch_id", "outcome"], unique=False
    )
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("provinsi", sa.Text(), nullable=False),
        sa.Column("kabupaten_kota", sa.Text(), nullable=False),
        sa.Column("kecamatan", sa.Text(), nullable=False),
        sa.Column("desa", sa.Text(), nullable=False),
        sa.Column("kode", sa.String(length=13), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("staged_row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staged_row_id"], ["staged_row.id"], name=op.f("fk_alias_staged_row_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
    )
    op.create_index(
        op.f("ix_alias_provinsi_kabupaten_kota_kecamatan_desa"),
        "alias",
        ["provinsi", "kabupaten_kota", "kecamatan", "desa"],
        unique=False,
    )
    op.create_table(
        "kim_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kim_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("staged_row_id", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("nomor_induk", sa.Text(), nullable=False),
        sa.Column("nama_kim", sa.Text(), nullable=False),
        sa.Column("kode_wilayah", sa.Text(), nullable=False),
        sa.Column("bidang", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tanggal_terdaftar", sa.Date(), nullable=True),
        sa.Column("tanggal_diperbarui", sa.Date(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("jumlah_anggota", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lng", sa.Float(), nullable=True),
        sa.Column("bidang_lain", sa.Text(), nullable=False),
        sa.Column("metode", sa.String(length=20), nullable=False),
        sa.Column("skor", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["kim_id"], ["kim.id"], name=op.f("fk_kim_version_kim_id")),
        sa.ForeignKeyConstraint(
            ["replaces"], ["kim_version.id"], name=op.f("fk_kim_version_replaces")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_kim_version_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["staged_row_id"], ["staged_row.id"], name=op.f("fk_kim_version_staged_row_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim_version")),
    )
    op.create_index(op.f("ix_kim_version_kim_id"), "kim_version", ["kim_id"], unique=False)
    op.create_index(
        op.f("ix_kim_version_revision_id"), "kim_version", ["revision_id"], unique=False
    )
    op.create_index(
        op.f("ix_kim_version_staged_row_id"), "kim_version", ["staged_row_id"], unique=False
    )
    op.create_table(
        "personal",
        sa.Column("staged_row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staged_row_id"], ["staged_row.id"], name=op.f("fk_personal_staged_row_id")
        ),
        sa.PrimaryKeyConstraint("staged_row_id", name=op.f("pk_personal")),
    )
    named = sa.text("INSERT INTO registry (id, uuid) VALUES (1, :uuid)")
    op.execute(named.bindparams(uuid=uuid4().hex))
