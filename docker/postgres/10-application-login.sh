#!/bin/sh
# Runs once, when the database is made: the login of the application, which owns nothing. Migrating gives it its rights.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$HUB_LOGIN_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE hub_login LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT PASSWORD :'password';
SQL
