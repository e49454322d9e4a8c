import { describeStoreContract } from '@baton/store-contract';
import { openPostgresFixture } from './postgres-fixture.ts';

describeStoreContract('PostgresStore', openPostgresFixture);
