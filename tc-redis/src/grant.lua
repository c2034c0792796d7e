-- Grants starts of calls of one action. Times are microseconds of the clock of this server.
-- KEYS: starts (list of the last starts, the latest last), state (hash), members (sorted set of the processes).
-- ARGV: documented calls per second, number of requested starts, longest wait, whether the cloud throttled a call, name of the
-- process, whether the process has started calls within the last second.
-- Returns: now, number of processes, current calls per second (times 1000), wait for the first start that was not granted (or -1),
-- and the wait for each granted start.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local documented, want, max_wait = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local function text(number) return string.format('%.0f', number) end

-- The rate: lowered by 30 % when the cloud throttles a call, at most once a second, and raised by 5 % each second.
local state = redis.call('HMGET', KEYS[2], 'rate', 'changed', 'lowered')
local rate, changed, lowered = tonumber(state[1]), tonumber(state[2]), tonumber(state[3])
if rate then
  local seconds = math.floor((now - changed) / 1000000)
  if seconds > 0 then
    rate = rate + documented / 20 * seconds
    changed = changed + seconds * 1000000
  end
end
if ARGV[4] == '1' and (not lowered or now - lowered >= 1000000) then
  rate, changed, lowered = math.max((rate or documented) * 0.7, documented / 20), now, now
end
if rate and rate >= documented then
  redis.call('DEL', KEYS[2])
  rate = nil
elseif rate then
  redis.call('HSET', KEYS[2], 'rate', tostring(rate), 'changed', text(changed), 'lowered', text(lowered))
  redis.call('PEXPIRE', KEYS[2], 120000)
end
rate = rate or documented

-- Two windows limit the starts: one second and a tenth of a second. Each is 2 % longer, because the network may bunch calls.
local interval = 1020000 / rate
local second, tenth = math.max(1, math.floor(rate)), math.max(1, math.floor(rate / 10))

-- This server has lost the starts, or the process has used its local share: assume that calls started evenly.
if ARGV[6] == '1' and redis.call('EXISTS', KEYS[1]) == 0 then
  for ago = second - 1, 0, -1 do
    redis.call('RPUSH', KEYS[1], text(now - ago * interval))
  end
end

local answer = { now, 0, math.floor(rate * 1000), -1 }
local start = now
for _ = 1, want do
  start = now
  for _, calls in ipairs({ second, tenth }) do
    local first = tonumber(redis.call('LINDEX', KEYS[1], -calls) or nil)
    if first then start = math.max(start, first + calls * interval) end
  end
  local last = tonumber(redis.call('LINDEX', KEYS[1], -1) or nil)
  -- Waiting calls are spread instead of starting together.
  if last and (start > now or last > now) then start = math.max(start, last + 0.9 * interval) end
  if start - now > max_wait then
    answer[4] = math.ceil(start - now)
    break
  end
  redis.call('RPUSH', KEYS[1], text(start))
  answer[#answer + 1] = math.floor(start - now)
end
redis.call('LTRIM', KEYS[1], -documented, -1)
redis.call('PEXPIRE', KEYS[1], 120000 + math.ceil((start - now) / 1000))

redis.call('ZADD', KEYS[3], text(now), ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', text(now - 10000000))
redis.call('PEXPIRE', KEYS[3], 20000)
answer[2] = redis.call('ZCARD', KEYS[3])
return answer
