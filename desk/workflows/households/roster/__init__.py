"""The roster (业主花名册): from an Excel or CSV file into the register, and back."""
