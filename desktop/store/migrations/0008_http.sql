-- How a company reaches the gateway: 'socket', or 'http' where sockets are blocked; and by which proxy: empty is the
-- system's, 'none' goes straight, else http://host:port without a name or a password.
ALTER TABLE companies ADD COLUMN way TEXT NOT NULL DEFAULT 'socket' CHECK (way IN ('socket', 'http'));
ALTER TABLE companies ADD COLUMN proxy TEXT NOT NULL DEFAULT '';
