"""What an office hands out: Excel, Word, calendars, tables, and all of it in one folder."""
