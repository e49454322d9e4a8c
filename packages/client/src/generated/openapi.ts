// Generated from the OpenAPI document by `npm run generate`.

export interface components {
    schemas: {
        Message: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            conversationId: string;
            seq: number;
            author: {
                /** @enum {string} */
                kind: "customer" | "teammate" | "external" | "agent" | "system";
                id: string | null;
                name: string;
            };
            note: boolean;
            text: string;
            /** Format: date-time */
            createdAt: string;
            revision: number;
            /** @enum {string|null} */
            delivery: "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "withheld" | "uncertain" | null;
            retrying: boolean;
            clientMessageId: string | null;
        };
        Problem: {
            /** @default about:blank */
            type?: string;
            status: number;
            /** @enum {string} */
            code: "malformed_json" | "unauthenticated" | "forbidden" | "bad_origin" | "not_found" | "method_not_allowed" | "stale_view" | "conflict" | "too_large" | "invalid" | "unknown_event" | "rate_limited" | "internal" | "quarantined" | "unavailable";
            title: string;
            detail?: string;
            errors?: {
                path: string;
                message: string;
            }[];
            messages?: unknown[];
        };
        Teammate: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "teammate" | "supervisor" | "owner";
        };
        Agent: {
            /** Format: uuid */
            id: string;
            name: string;
            backend: {
                /** @enum {string} */
                kind: "faq" | "webhook";
            } & {
                [key: string]: unknown;
            };
            paused: boolean;
        };
        HumanInteractionRules: {
            muteWhenHumanActive: boolean;
            humanPriorityWindowSeconds: number;
            replyDelaySeconds: number;
        };
        AgentTrial: {
            /** @enum {boolean} */
            ok: true;
            /** @enum {string} */
            kind: "reply" | "handoff" | "silence";
            text: string | null;
            reason: string | null;
            tookMs: number;
        } | {
            /** @enum {boolean} */
            ok: false;
            failure: {
                /** @enum {string} */
                kind: "timeout";
                seconds: number;
            } | {
                /** @enum {string} */
                kind: "status";
                status: number;
            } | {
                /** @enum {string} */
                kind: "redirect";
                status: number;
            } | {
                /** @enum {string} */
                kind: "notJson";
            } | {
                /** @enum {string} */
                kind: "wrongShape";
                detail: string;
            } | {
                /** @enum {string} */
                kind: "tooLarge";
                limitBytes: number;
            } | {
                /** @enum {string} */
                kind: "refusedAddress";
                detail: string;
            } | {
                /** @enum {string} */
                kind: "unreachable";
                detail: string;
            } | {
                /** @enum {string} */
                kind: "knowledgeUnavailable";
            };
            error: string;
            tookMs: number;
        };
        KnowledgeEntry: {
            /** Format: uuid */
            id: string;
            question: string;
            answer: string;
        };
        Channel: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "webchat" | "http";
            name: string;
            /** Format: uuid */
            agentId: string;
            settings: {
                allowedOrigins?: string[];
            } | {
                /** Format: uri */
                callbackUrl?: string;
            };
        };
        ChannelActivity: {
            /** Format: date-time */
            lastInAt: string | null;
            /** Format: date-time */
            lastOutAt: string | null;
            outage: {
                failuresInARow: number;
                /** Format: date-time */
                nextTryAt: string;
            } | null;
            troubles: {
                /** Format: uuid */
                messageId: string;
                /** Format: uuid */
                conversationId: string;
                /** Format: date-time */
                at: string;
                /** @enum {string} */
                delivery: "failed" | "withheld" | "uncertain";
                error: string | null;
            }[];
        };
        Board: {
            items: components["schemas"]["Conversation"][];
            counts: {
                agentActive: number;
                humanActive: number;
                humanPriorityWindow: number;
                agentDisabled: number;
            };
        };
        Conversation: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            agentId: string;
            customer: {
                id: string;
                name: string;
            };
            /** @enum {string} */
            state: "agentActive" | "humanActive" | "humanPriorityWindow" | "agentDisabled";
            /** @enum {string|null} */
            phase?: "idle" | "gathering" | "replying" | "sending" | null;
            /** Format: date-time */
            stateSince: string;
            holder: {
                /** @enum {string} */
                kind: "agent";
            } | {
                /** @enum {string} */
                kind: "teammates";
                teammates: {
                    id: string;
                    name: string;
                }[];
            } | {
                /** @enum {string} */
                kind: "external";
            } | {
                /** @enum {string} */
                kind: "team";
            };
            agentReplies: boolean;
            /** @enum {string|null} */
            reason: "typing" | "window" | "switchedOff" | "handoffRequested" | "agentFailed" | "agentPaused" | "tooOld" | "loop" | "deliveryFailed" | "quarantined" | null;
            reasonBy: {
                id: string;
                name: string;
            } | null;
            /** Format: date-time */
            resumesAt: string | null;
            /** Format: date-time */
            waitingSince: string | null;
            /** @enum {string} */
            status: "open" | "snoozed" | "closed";
            /** Format: date-time */
            snoozedUntil: string | null;
            /** Format: uuid */
            assigneeId: string | null;
            version: number;
            revision: number;
            lastSeq: number;
            lastMessage: components["schemas"]["Message"] | null;
            unread?: number;
            readSeq?: number;
        };
        ConversationCounts: {
            open: number;
            mine: number;
            unassigned: number;
            agentActive: number;
            humanActive: number;
            humanPriorityWindow: number;
            agentDisabled: number;
            snoozed: number;
        };
        Transition: {
            version: number;
            event: {
                type: string;
            } & {
                [key: string]: unknown;
            };
            /** @enum {string} */
            from: "agentActive" | "humanActive" | "humanPriorityWindow" | "agentDisabled";
            /** @enum {string} */
            to: "agentActive" | "humanActive" | "humanPriorityWindow" | "agentDisabled";
            /** @enum {string|null} */
            fromLeaf: "agentActive.idle" | "agentActive.gathering" | "agentActive.replying" | "agentActive.sending" | "humanActive" | "humanPriorityWindow" | "agentDisabled" | null;
            /** @enum {string|null} */
            toLeaf: "agentActive.idle" | "agentActive.gathering" | "agentActive.replying" | "agentActive.sending" | "humanActive" | "humanPriorityWindow" | "agentDisabled" | null;
            by: {
                /** @enum {string} */
                kind: "customer" | "teammate" | "external" | "agent" | "system";
                id: string | null;
                name: string | null;
            };
            /** Format: date-time */
            at: string;
        };
        Draft: {
            turn: number;
            text: string;
            /** Format: date-time */
            at: string;
        };
    };
    responses: {
        /** @description `internal`: Something went wrong on our side */
        Internal: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: The database is away; nothing was lost, try again shortly */
        Unavailable: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `malformed_json`: The body is not JSON */
        MalformedJson: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_large`: The body is too large */
        TooLarge: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid`: Some fields are not valid */
        Invalid: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: Your role does not allow this */
        Forbidden: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `conflict`: It is no longer in a state that allows this */
        Conflict: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate_limited`: Too many requests */
        RateLimited: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`: There is nothing here */
        NotFound: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: The database is away; nothing was lost, try again shortly; `quarantined`: This conversation is on hold after an error until an owner releases it */
        UnavailableOrQuarantined: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: Sign in first */
        Unauthenticated: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `bad_origin`: This origin is not allowed */
        BadOrigin: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: Your role does not allow this; `bad_origin`: This origin is not allowed */
        ForbiddenOrBadOrigin: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `stale_view`: There is something newer than what you have seen; `conflict`: It is no longer in a state that allows this */
        StaleViewOrConflict: {
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
}
export interface operations {
    getSetup: {
        parameters: {
        };
        responses: {
            /** @description Whether setup is pending, and the demo accounts if there are any */
            200: {
                content: {
                    "application/json": {
                        needed: boolean;
                        demoAccounts?: {
                            name: string;
                            email: string;
                            password: string;
                            /** @enum {string} */
                            role: "teammate" | "supervisor" | "owner";
                        }[];
                    };
                };
            };
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setUpWorkspace: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    workspaceName: string;
                    name: string;
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    receiveMessage: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    externalId: string;
                    customer: {
                        externalId: string;
                        name?: string;
                    };
                    text: string;
                    /**
                     * @default customer
                     * @enum {string}
                     */
                    from?: "customer" | "business";
                    /** Format: date-time */
                    sentAt?: string;
                    automated?: boolean;
                    imported?: boolean;
                };
            };
        };
        responses: {
            /** @description Stored; `duplicate` if this externalId was already stored */
            202: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        conversationId: string;
                        /** Format: uuid */
                        messageId: string;
                        seq: number;
                        duplicate: boolean;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    createVisitor: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description A token for the chat socket */
            201: {
                content: {
                    "application/json": {
                        token: string;
                        /** Format: uuid */
                        conversationId: string;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            403: components["responses"]["BadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMe: {
        parameters: {
        };
        responses: {
            /** @description The caller */
            200: {
                content: {
                    "application/json": {
                        teammate: components["schemas"]["Teammate"];
                        workspace: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        /** @enum {string} */
                        role: "teammate" | "supervisor" | "owner";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeMe: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description The caller after the change */
            200: {
                content: {
                    "application/json": {
                        teammate: components["schemas"]["Teammate"];
                        workspace: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                        };
                        /** @enum {string} */
                        role: "teammate" | "supervisor" | "owner";
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTeammates: {
        parameters: {
        };
        responses: {
            /** @description All teammates who may sign in */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Teammate"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTeammate: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: email */
                    email: string;
                    password: string;
                    /** @enum {string} */
                    role: "teammate" | "supervisor" | "owner";
                };
            };
        };
        responses: {
            /** @description The new teammate */
            201: {
                content: {
                    "application/json": components["schemas"]["Teammate"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeTeammate: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    changeTeammate: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "teammate" | "supervisor" | "owner";
                };
            };
        };
        responses: {
            /** @description The teammate */
            200: {
                content: {
                    "application/json": components["schemas"]["Teammate"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
        };
        responses: {
            /** @description All keys in use */
            200: {
                content: {
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** Format: uuid */
                            teammateId: string;
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: uuid */
                    teammateId: string;
                };
            };
        };
        responses: {
            /** @description The key, shown only once */
            201: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        key: string;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    listAgents: {
        parameters: {
        };
        responses: {
            /** @description All agents, without the secrets of their backends */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAgent: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    backend: {
                        /** @enum {string} */
                        kind: "faq";
                    } | {
                        /** @enum {string} */
                        kind: "webhook";
                        /** Format: uri */
                        url: string;
                        secret?: string;
                        timeoutSeconds?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The new agent */
            201: {
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgent: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The agent */
            200: {
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeAgent: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    backend?: {
                        /** @enum {string} */
                        kind: "faq";
                    } | {
                        /** @enum {string} */
                        kind: "webhook";
                        /** Format: uri */
                        url: string;
                        secret?: string;
                        timeoutSeconds?: number;
                    };
                    paused?: boolean;
                };
            };
        };
        responses: {
            /** @description The agent */
            200: {
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHumanInteractionRules: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The rules in force */
            200: {
                content: {
                    "application/json": components["schemas"]["HumanInteractionRules"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeHumanInteractionRules: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    muteWhenHumanActive?: boolean;
                    humanPriorityWindowSeconds?: number;
                    replyDelaySeconds?: number;
                };
            };
        };
        responses: {
            /** @description The rules now in force, for running windows and timers too */
            200: {
                content: {
                    "application/json": components["schemas"]["HumanInteractionRules"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    testAgent: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description The answer, or the reason why there is none */
            200: {
                content: {
                    "application/json": components["schemas"]["AgentTrial"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKnowledge: {
        parameters: {
        };
        responses: {
            /** @description All entries */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["KnowledgeEntry"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKnowledgeEntry: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    question: string;
                    answer: string;
                };
            };
        };
        responses: {
            /** @description The entry */
            201: {
                content: {
                    "application/json": components["schemas"]["KnowledgeEntry"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceKnowledgeEntry: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    question: string;
                    answer: string;
                };
            };
        };
        responses: {
            /** @description The entry */
            200: {
                content: {
                    "application/json": components["schemas"]["KnowledgeEntry"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteKnowledgeEntry: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    listChannels: {
        parameters: {
        };
        responses: {
            /** @description Channels in use, without their secrets */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Channel"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createChannel: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "http";
                    name: string;
                    /** Format: uuid */
                    agentId: string;
                    /** @default {} */
                    settings?: {
                        /** Format: uri */
                        callbackUrl?: string;
                    };
                } | {
                    /** @enum {string} */
                    kind: "webchat";
                    name: string;
                    /** Format: uuid */
                    agentId: string;
                    /** @default {} */
                    settings?: {
                        allowedOrigins?: string[];
                    };
                };
            };
        };
        responses: {
            /** @description The channel and its secrets, shown only once */
            201: {
                content: {
                    "application/json": {
                        channel: components["schemas"]["Channel"];
                        inboundSecret: string;
                        signingSecret: string;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableChannel: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    changeChannel: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description The channel */
            200: {
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateChannelSecret: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    secret: "inbound" | "signing";
                };
            };
        };
        responses: {
            /** @description The new secret, shown only once */
            201: {
                content: {
                    "application/json": {
                        secret: string;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getChannelActivity: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Based on the newest conversations; null where they have no message */
            200: {
                content: {
                    "application/json": components["schemas"]["ChannelActivity"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBoard: {
        parameters: {
            query?: {
                agentId?: string;
                channelId?: string;
            };
        };
        responses: {
            /** @description The board */
            200: {
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                state?: "agentActive" | "humanActive" | "humanPriorityWindow" | "agentDisabled";
                status?: "open" | "snoozed" | "closed";
                holder?: string;
                assignee?: string;
                q?: string;
                updatedSince?: string;
                limit?: number;
                cursor?: string;
            };
        };
        responses: {
            /** @description A page; each conversation has the caller’s unread count */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Conversation"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    countConversations: {
        parameters: {
        };
        responses: {
            /** @description Counts, each capped at 1000 */
            200: {
                content: {
                    "application/json": components["schemas"]["ConversationCounts"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversation: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description The conversation, with the caller’s unread count */
            200: {
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                after?: number;
                before?: number;
                sinceRevision?: number;
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Messages by rising seq */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Message"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessage: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    clientMessageId: string;
                    lastSeenSeq?: number;
                    force?: boolean;
                    note?: boolean;
                };
            };
        };
        responses: {
            /** @description The message; a repeated `clientMessageId` answers the first one again */
            201: {
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["StaleViewOrConflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    sendMessageAnyway: {
        parameters: {
            path: {
                id: string;
                messageId: string;
            };
        };
        responses: {
            /** @description The new message */
            201: {
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    setAgentReplies: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled: boolean;
                    instruction?: string;
                    assign?: boolean;
                };
            };
        };
        responses: {
            /** @description The conversation after the change */
            200: {
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    setAssignee: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    assigneeId: string | null;
                };
            };
        };
        responses: {
            /** @description The conversation after the change */
            200: {
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    setStatus: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "open" | "snoozed" | "closed";
                    /** Format: date-time */
                    snoozedUntil?: string;
                };
            };
        };
        responses: {
            /** @description The conversation after the change */
            200: {
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    setTyping: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    typing: boolean;
                    note?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    listTransitions: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Transitions by rising version */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Transition"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDrafts: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Drafts, newest first */
            200: {
                content: {
                    "application/json": {
                        items: components["schemas"]["Draft"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    setRead: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": {
                    seq: number;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    releaseConversation: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            /** @description Done */
            204: {
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["UnavailableOrQuarantined"];
        };
    };
    startSimulation: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    script?: "shipping" | "subscription" | "person";
                };
            };
        };
        responses: {
            /** @description The conversation of the simulated customer */
            201: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        conversationId: string;
                    };
                };
            };
            400: components["responses"]["MalformedJson"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrBadOrigin"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deliverMessage: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    messageId: string;
                    /** Format: uuid */
                    conversationId: string;
                    seq: number;
                    author: {
                        /** @enum {string} */
                        kind: "teammate" | "external" | "agent" | "system";
                    };
                    text: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            200: {
            };
            /** @description Rejected; Baton does not retry */
            "4XX": {
            };
        };
    };
    replyToTurn: {
        parameters: {
        };
        requestBody: {
            content: {
                "application/json": {
                    conversationId: string;
                    turn: number;
                    waiting: components["schemas"]["Message"][];
                    transcript: components["schemas"]["Message"][];
                    facts: string[];
                };
            };
        };
        responses: {
            /** @description A reply, a handoff or silence */
            200: {
                content: {
                    "application/json": {
                        reply: {
                            text: string;
                        };
                    } | {
                        handoff: {
                            reason: string;
                            text?: string;
                        };
                    } | {
                        /** @enum {boolean} */
                        silence: true;
                    };
                };
            };
            /** @description The turn failed; Baton tries again */
            "4XX": {
            };
        };
    };
}
