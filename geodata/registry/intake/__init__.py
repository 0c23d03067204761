"""Brings a registry file, as a kabupaten keeps it, into staged rows; knows no database."""
