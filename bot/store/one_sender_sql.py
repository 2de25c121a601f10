"""What the database itself holds every process to, of whatever version: only the owner of the lease claims."""

ONE_SENDER_SQL = """
    create trigger outbox_one_sender before update of state on outbox
    when new.state = 'sending'
      and not exists (select 1 from lease where owner = new.claimed_by and renewals > 0)
    begin select raise(abort, 'another process, or a newer version of the bot, sends'); end
"""
"""A process of the version before, which still runs while this one takes over, asks nobody else."""
