"""Who is to be sent a reminder or a correction, as SQL: every condition has a name, and a sentence below it.

Parameters: `:occurrence` is the meeting's key, `:start` what is announced of it now (null: it is off),
`:shown` what else a card shows of it (empty: it is off),
`:now` the moment; `:due` are the leads that are due, as JSON `[minutes, moment, at]`, and
`:usual_minutes` is the nearest of those that the series has itself. `s` is a subscription, `d` a lead
that is due, `n` the lead that is the nearest for a subscription.
"""

from bot.store.outbox_query import ANNOUNCED_SQL, UNFINISHED_SQL, paused_sql, value_list
from bot.store.values import COMES_BACK, Kind, Reason, State


def _says_what_is_so(row: str) -> str:
    """Whether a row announces what is so now, as SQL."""
    return f"({row}.announced_start is :start and {row}.announced_shown in ('', :shown))"


_DUE_SQL = """
      select json_extract(value, '$[0]') as minutes, json_extract(value, '$[1]') as moment,
        json_extract(value, '$[2]') as at
      from json_each(:due)"""
"""One row for every lead that is due."""
_NEAREST_LEAD_SQL = """
    select s.conversation, :usual_minutes as minutes, '' as chosen from subscriptions s
    where :usual_minutes is not null
      and not exists (select 1 from chosen_leads c where c.conversation = s.conversation)
    union all
    select c.conversation, min(c.minutes), c.since from chosen_leads c
    where c.minutes in (select json_extract(value, '$[0]') from json_each(:due))
    group by c.conversation
"""
"""Of every conversation the due lead that is nearest to the meeting, and since when it is `chosen`."""
_HAS_ITS_ROW_SQL = f"""exists (
        select 1 from outbox o
        where o.occurrence = :occurrence and o.kind = '{Kind.REMINDER}' and o.number = d.minutes
          and o.moment = d.moment and o.conversation = s.conversation
          and not (o.state in {value_list(State.STOPPED, State.EXPIRED)} and o.reason in {value_list(*COMES_BACK)}))"""
"""The reminder was planned before; where it ended for a reason that may pass, it is planned again."""
_WANTS_REMINDERS_SQL = f"s.active = 1 and not {paused_sql(':now')}"
"""Subscribed, and not paused now."""
_DUE_SINCE_THEN_SQL = f"max(s.since, n.chosen) <= d.at and not {paused_sql('d.at')}"
"""Not due before the conversation subscribed, before it chose the lead, or in its pause."""
_HEARS_OTHERWISE_SQL = f"""exists (
        select 1 from outbox o indexed by idx_outbox_conversation_occurrence
        where o.conversation = s.conversation and o.occurrence = :occurrence and case o.kind
          when '{Kind.CORRECTION}' then o.state in {UNFINISHED_SQL}
            or (o.state = '{State.SENT}' and {_says_what_is_so("o")} and o.sent_at >= d.at)
          else o.due > d.at and o.state in {value_list(State.PLANNED, State.SENDING, State.SENT)} end)"""
"""A nearer reminder, or a correction that says what is so now, takes the place of this reminder."""
WANTED_REMINDERS_SQL = f"""
    with due as materialized ({_DUE_SQL})
    select s.conversation, d.minutes, d.moment, d.at from ({_NEAREST_LEAD_SQL}) n
    cross join due d on d.minutes = n.minutes
    cross join subscriptions s on s.conversation = n.conversation
    where not {_HAS_ITS_ROW_SQL}
      and {_WANTS_REMINDERS_SQL}
      and {_DUE_SINCE_THEN_SQL}
      and not {_HEARS_OTHERWISE_SQL}
"""
"""Who is to be reminded. The cheapest question comes first, for at most beats everybody has a row already."""
WRITE_REMINDERS_SQL = f"""
    insert into outbox (occurrence, kind, number, moment, conversation, state, due, next_try)
    select :occurrence, '{Kind.REMINDER}', w.minutes, w.moment, w.conversation, '{State.PLANNED}', w.at, :now
    from ({WANTED_REMINDERS_SQL}) w where true
    on conflict (occurrence, kind, number, moment, conversation) do update
      set state = '{State.PLANNED}', due = excluded.due, next_try = excluded.next_try, reason = null, detail = ''
"""
SUPERSEDE_SQL = f"""
    update outbox set state = '{State.EXPIRED}', reason = '{Reason.SUPERSEDED}', detail = ''
    where occurrence = :occurrence and state = '{State.PLANNED}' and kind = '{Kind.REMINDER}' and exists (
      select 1 from outbox n indexed by idx_outbox_conversation_occurrence
      where n.conversation = outbox.conversation
        and n.occurrence = outbox.occurrence and n.due > outbox.due
        and n.kind = '{Kind.REMINDER}' and n.state in {value_list(State.PLANNED, State.SENDING, State.SENT)})
"""
"""A reminder that still waits gives way to a nearer one."""

_HEARD_SQL = f"""
      select conversation, announced_start as start, announced_shown as shown, row_number() over (
        partition by conversation order by coalesce(sent_at, claimed_at) desc, id desc) as last
      from outbox where occurrence = :occurrence and {ANNOUNCED_SQL}"""
"""What every conversation heard of the occurrence; `last` is 1 of what it heard last."""
_KNOWS_WHAT_IS_SO_SQL = "(heard.start is :start and (heard.shown in ('', :shown) or :shown = ''))"
"""What was heard is so now; what was not kept of it is no difference."""
_CORRECTIONS_SQL = f"""(
        select count(*) from outbox c indexed by idx_outbox_conversation_occurrence
        where c.conversation = heard.conversation and c.occurrence = :occurrence
          and c.kind = '{Kind.CORRECTION}')"""
"""How many corrections the conversation had."""
_STILL_MATTERS_SQL = "(heard.start > :now or :start > :now)"
"""What was heard, or what is so, is still to come; a start of null, a meeting that is off, never is."""
_IS_BEING_CORRECTED_SQL = f"""exists (
        select 1 from outbox p indexed by idx_outbox_conversation_occurrence
        where p.conversation = heard.conversation and p.occurrence = :occurrence and p.kind = '{Kind.CORRECTION}'
          and (p.state in {UNFINISHED_SQL}
            or (p.state = '{State.FAILED}' and p.announced = 1 and {_says_what_is_so("p")})))"""
"""A correction waits, or one that says what is so now could not be delivered."""
OWED_CORRECTIONS_SQL = f"""
    select heard.conversation, heard.start, heard.shown, {_CORRECTIONS_SQL} as corrections
    from ({_HEARD_SQL}) heard
    join subscriptions s on s.conversation = heard.conversation and s.active = 1
    where heard.last = 1 and not {_KNOWS_WHAT_IS_SO_SQL}
      and {_STILL_MATTERS_SQL}
      and not {_IS_BEING_CORRECTED_SQL}
"""
"""To whom a correction is owed, also in a pause; what each heard last, and how many corrections each had."""
WRITE_CORRECTIONS_SQL = f"""
    insert into outbox (occurrence, kind, number, conversation, state, due, next_try)
    select :occurrence, '{Kind.CORRECTION}', w.corrections + 1, w.conversation, '{State.PLANNED}', :now, :now
    from ({OWED_CORRECTIONS_SQL}) w
"""

# Cheap, by the index: of most meetings nobody heard anything else that still matters.
_ANNOUNCED_OF_IT_SQL = "select 1 from outbox where occurrence = :occurrence and announced = 1"
HEARD_ANOTHER_START_SQL = f"""
    {_ANNOUNCED_OF_IT_SQL} and announced_start < :start
    union all {_ANNOUNCED_OF_IT_SQL} and announced_start > :start
    union all {_ANNOUNCED_OF_IT_SQL} and announced_start is null
    union all {_ANNOUNCED_OF_IT_SQL} and announced_shown <> '' and announced_shown < :shown
    union all {_ANNOUNCED_OF_IT_SQL} and announced_shown > :shown and announced_shown <> ''
"""
"""Somebody may have heard something else of a meeting that is to come."""
HEARD_A_START_TO_COME_SQL = """
    select 1 from outbox where occurrence = :occurrence and announced = 1 and announced_start > :now
"""
"""Somebody may have heard that a meeting is to come which is off, or past."""
