-- Grants starts of calls of one action. Times are microseconds of the clock of this server.
-- KEYS: starts (list of the last starts, the latest last), state (hash), members (sorted set of the processes by their last request).
-- ARGV: documented calls per second, number of requested starts, longest wait, whether the cloud throttled a call, name of the
-- process, time since the last start of the process (-1 if longer than a second), longest time that a request takes, whether to
-- return the rank.
-- Returns: now, number of processes, current calls per second (times 1000), wait for the first start that was not granted (or -1),
-- rank of the process by its name (or -1), and the wait for each granted start.
local documented, want, max_wait = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local since, delay = tonumber(ARGV[6]), tonumber(ARGV[7])
local function text(number) return string.format('%.0f', number) end
local function number(value) return tonumber(value or nil) end

local function grant()
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]

  -- If the clock was set back, or a server with an earlier clock has taken over, all starts move back too.
  local back = (number(redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')[2]) or now) - now
  if back > 0 then
    local starts = redis.call('LRANGE', KEYS[1], 0, -1)
    redis.call('DEL', KEYS[1], KEYS[3])
    for _, start in ipairs(starts) do
      redis.call('RPUSH', KEYS[1], text((number(start) or now) - back))
    end
  end

  -- The rate: lowered by 30 % when the cloud throttles a call, at most once a second, and raised by 5 % each second.
  local state = redis.call('HMGET', KEYS[2], 'rate', 'changed', 'lowered')
  local rate, changed, lowered = number(state[1]), number(state[2]) or now, number(state[3]) or 0
  if changed > now then changed = now end
  if lowered > now then lowered = 0 end
  if rate then
    local seconds = math.floor((now - changed) / 1000000)
    if seconds > 0 then
      rate = rate + documented / 20 * seconds
      changed = changed + seconds * 1000000
    end
  end
  if ARGV[4] == '1' and now - lowered >= 1000000 then
    rate, changed, lowered = (rate or documented) * 0.7, now, now
  end
  if rate and rate >= documented then
    redis.call('DEL', KEYS[2])
    rate = nil
  elseif rate then
    rate = math.max(rate, documented / 20)
    redis.call('HSET', KEYS[2], 'rate', tostring(rate), 'changed', text(changed), 'lowered', text(lowered))
    redis.call('PEXPIRE', KEYS[2], 120000)
  end
  rate = rate or documented

  -- Two windows limit the starts: one second and a tenth of a second. Each is 2 % longer, because the network may bunch calls.
  local interval = 1020000 / rate
  local second, tenth = math.max(1, math.floor(rate)), math.max(1, math.floor(rate / 10))

  -- The last start of this process is not in the list: this server has lost data, its clock was set forward, or the process has used
  -- its local share. Assume that the calls of the last second started evenly.
  local last = number(redis.call('LINDEX', KEYS[1], -1))
  if since >= 0 and (not last or last < now - since - delay) then
    redis.call('DEL', KEYS[1])
    for ago = second - 1, 0, -1 do
      redis.call('RPUSH', KEYS[1], text(now - ago * interval))
    end
  end

  local answer = { now, 0, math.floor(rate * 1000), -1, -1 }
  local start = now
  for _ = 1, want do
    start = now
    for _, calls in ipairs({ second, tenth }) do
      local first = number(redis.call('LINDEX', KEYS[1], -calls))
      if first then start = math.max(start, first + calls * interval) end
    end
    last = number(redis.call('LINDEX', KEYS[1], -1))
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
  local expiry = 120000 + math.ceil((start - now) / 1000)
  redis.call('PEXPIRE', KEYS[1], expiry)

  redis.call('ZADD', KEYS[3], text(now), ARGV[5])
  redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', text(now - 10000000))
  redis.call('PEXPIRE', KEYS[3], expiry)
  answer[2] = redis.call('ZCARD', KEYS[3])
  if ARGV[8] == '1' then
    answer[5] = 0
    for _, member in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
      if member < ARGV[5] then answer[5] = answer[5] + 1 end
    end
  end
  return answer
end

local granted, result = pcall(grant)
if granted then return result end
local message = type(result) == 'table' and result.err or tostring(result)
if not string.find(message, 'WRONGTYPE') then return redis.error_reply(message) end
-- Another program has used these keys.
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return grant()
