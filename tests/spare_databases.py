"""PostgreSQL databases that one test after the other uses: emptied and filled anew between them, not made anew.

`create database` writes some three hundred files, most of a second on a disk and a tenth of one in memory; taking out
what a test left costs a hundredth. What a database begins with stands in its schema `kept`, made with the template.
Tables that a test added, as the queue does, go; a database whose own tables it changed is dropped.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tests import engines

#: Foreign keys and the triggers that guard history are asleep while a replica replays, as rows are while these move.
_KEEP = """
create schema kept;
create function kept.shape() returns text language sql as $$
  select md5(string_agg(format('%s.%s %s %s', c.relname, a.attname, a.atttypid, a.attnotnull), ',' order by c.relname,
         a.attnum)) || (select count(*) from pg_constraint) || (select count(*) from pg_trigger)
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace
$$;
create table kept."the sequences" as select sequencename, last_value from pg_sequences where schemaname = 'public';
create table kept."the shape" as select kept.shape() as shape;
do $$ declare name text; begin
  for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
    execute format('create table kept.%I as table public.%I', name, name);
  end loop;
end $$;
create function kept.put_back() returns boolean language plpgsql as $$
declare name text;
begin
  for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
              except select relname from pg_class where relnamespace = 'kept'::regnamespace loop
    execute format('drop table public.%I cascade', name);
  end loop;
  if kept.shape() is distinct from (select shape from kept."the shape") then
    return false;
  end if;
  perform set_config('session_replication_role', 'replica', true);
  for name in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' loop
    execute format('delete from public.%I', name);
    execute format('insert into public.%I overriding system value select * from kept.%I', name, name);
  end loop;
  perform setval(format('public.%I', sequencename), coalesce(last_value, 1), last_value is not null)
  from kept."the sequences";
  return true;
end $$
"""

_spare: dict[tuple[str, str], list[str]] = defaultdict(list)


def connect(url: str) -> psycopg.Connection:
    """A bare connection, each statement its own transaction."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True, connect_timeout=10)


def named(server: str, name: str) -> str:
    """The address of another database of this server."""
    return f"{server.rpartition('/')[0]}/{name}"


def keep(url: str) -> None:
    """Remember what this database holds now as what it begins with, before it becomes a template."""
    with connect(url) as connection:
        connection.execute(_KEEP)


@contextmanager
def lent(server: str, template: str) -> Iterator[str]:
    """The address of a database as `template` is, nobody else's until the block ends.

    :param template: a template for which `keep` was called, or one that is only copied (`template0`).
    """
    spare = _spare[server, template]
    name = spare.pop() if spare else _made(server, template)
    url = named(server, name)
    engines.lend(url)
    try:
        yield url
    finally:
        engines.give_back(url)
        if template != "template0" and _is_as_before(server, name):
            spare.append(name)
        else:
            engines.forget(url)
            with connect(server) as connection:
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _made(server: str, template: str) -> str:
    name = f"test_{secrets.token_hex(6)}"
    with connect(server) as connection:
        connection.execute(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return name


def _is_as_before(server: str, name: str) -> bool:
    """Put back what it began with; whether that was possible."""
    with connect(named(server, name)) as connection:
        # Whatever a test left connected has no say in the next.
        others = "select pid from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
        connection.execute(f"select pg_terminate_backend(pid, 5000) from ({others}) others", [name])
        row = connection.execute("select kept.put_back()").fetchone()
    return bool(row and row[0])
