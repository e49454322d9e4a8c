import { describeStoreContract } from '@baton/runtime/testing';
import { openPostgresFixture } from './postgres-fixture.ts';

describeStoreContract('PostgresStore', openPostgresFixture);
