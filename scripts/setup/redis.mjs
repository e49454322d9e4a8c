export const findRedis = async () => ({ BATON_REDIS_SERVER: '/usr/bin/redis-server' });
