import { z } from 'zod';
import { ROLES } from './permission.ts';

export const role = z.enum(ROLES);
