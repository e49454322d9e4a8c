/** A lease's id says whose it is: a writer whose requests come to several nodes can end on one what another has begun. */
export const leaseIdOf = (writer: string, id: string): string => `${id}.${writer}`;

export const isLeaseOf = (leaseId: string, writer: string): boolean => leaseId.endsWith(`.${writer}`);
