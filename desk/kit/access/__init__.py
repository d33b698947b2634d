"""Who may do what at the desk: staff, roles and permissions, sessions that can be revoked, passwords and PINs."""
