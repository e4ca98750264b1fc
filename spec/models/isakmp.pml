/* The exchanges that RFC 2408 defines itself (sections 4.4 to 4.7), between two ends and an attacker who owns the network.

   Tables: that of the EXCHANGE, isakmp-base.rows where none is named. One initiator, one responder, one exchange. IKE's Main Mode is
   the Identity Protection Exchange and its Aggressive Mode the Aggressive one, with formulas of their own; main-mode.pml and
   aggressive-mode.pml judge those.

   A datagram holds the parts that the drawing has, each 0 where it has not:
     SA       the offer or the choice                         UNFIT, FULL, WEAK
     KE       whose, or one that cannot be used               INVALID, OF_I, OF_R, OF_E
     NONCE    whose                                           OF_I, OF_R, OF_E
     AUTH     PROOF_I or PROOF_R of what its sender knows, or 0: what nobody made
   AUTH is the domain of interpretation's. Here it has a number of its own for each secret, offer, choice, KE and nonce that its sender
   has sent or taken so far. RFC 2408 asks for the nonces alone: COVERS_NO_SA and COVERS_NO_NONCE leave a part out. The identity is under
   AUTH, and one that is not expected is an AUTH that differs.

   The attacker writes what he likes, and what flies he changes part by part; he has not the secret, so he makes no AUTH.

   Message 3 of the exchanges that have three is asked for by nobody: the initiator is done, the responder has no timer but the one that
   ends a half-open exchange.

   Not here: encryption, an exchange under an ISAKMP SA, the clear notify of a refusal (main-mode.pml has both ways of it).

   clause 2408-4.4-01 clause 2408-4.4-02 clause 2408-4.4-03 clause 2408-4.5-01 clause 2408-4.6-01 clause 2408-4.7-01
   clause 2408-4.7-02 clause 2408-4.2-07 clause 2408-1.7.1-01 clause 2408-5.1-05 clause 2408-5.1-06 clause 2408-5.4-03
   clause 2408-5.7-01 */

mtype = { Idle, AwaitSaR, AwaitKeR, AwaitKeI, AwaitAuthR, AwaitAuthI, Established, Failed };
mtype = { Nothing, Initiate, Sa, SaAndNonce, SaNonceIdAndAuth, SaKeyNonceAndId, SaKeyNonceIdAndAuth, KeyAndNonce, KeyIdAndAuth };
mtype = { IdAndAuth, IdAndAuthEncrypted, Auth, AuthEncrypted, Refusal, RetriesSpent, HalfOpenExpired };

#include "network.pml"

#define BASE 0
#define IDENTITY_PROTECTION 1
#define AUTHENTICATION_ONLY 2
#define AGGRESSIVE 3

#ifndef EXCHANGE
#define EXCHANGE BASE
#endif

#if EXCHANGE == BASE
#define TABLE "isakmp-base.rows"
#define ToR1 SaAndNonce
#define ToR2 KeyIdAndAuth
#define ToI1 SaAndNonce
#define ToI2 KeyIdAndAuth
#define MESSAGES 4
#elif EXCHANGE == IDENTITY_PROTECTION
#define TABLE "isakmp-identity-protection.rows"
#define ToR1 Sa
#define ToR2 KeyAndNonce
#define ToR3 IdAndAuth
#define ToI1 Sa
#define ToI2 KeyAndNonce
#define ToI3 IdAndAuth
#define MESSAGES 6
#elif EXCHANGE == AUTHENTICATION_ONLY
#define TABLE "isakmp-authentication-only.rows"
#define ToR1 SaAndNonce
#define ToR2 IdAndAuth
#define ToI1 SaNonceIdAndAuth
#define MESSAGES 3
#else
#define TABLE "isakmp-aggressive.rows"
#define ToR1 SaKeyNonceAndId
#define ToR2 Auth
#define ToI1 SaKeyNonceIdAndAuth
#define MESSAGES 3
#endif

#define hasSa(m) ((m) == Sa || (m) == SaAndNonce || (m) == SaNonceIdAndAuth || (m) == SaKeyNonceAndId || (m) == SaKeyNonceIdAndAuth)
#define hasKe(m) ((m) == KeyAndNonce || (m) == KeyIdAndAuth || (m) == SaKeyNonceAndId || (m) == SaKeyNonceIdAndAuth)
#define hasNonce(m) ((m) == KeyAndNonce || (m) == SaKeyNonceAndId || (m) == SaKeyNonceIdAndAuth || (m) == SaAndNonce || (m) == SaNonceIdAndAuth)
#define hasAuth(m) ((m) == KeyIdAndAuth || (m) == IdAndAuth || (m) == Auth || (m) == SaNonceIdAndAuth || (m) == SaKeyNonceIdAndAuth)

#ifndef HALF_OPEN
#define HALF_OPEN 4                     /* ticks that a responder waits for a whole exchange */
#endif

#define UNFIT 1
#define FULL 2
#define WEAK 3

#define INVALID 1
#define OF_I 2
#define OF_R 3
#define OF_E 4

#define sa(v) ((v) & 3)
#define ke(v) (((v) >> 2) & 7)
#define nonce(v) (((v) >> 5) & 7)
#define auth(v) ((v) >> 8)
#define PARTS(m, sa, of) ((hasSa(m) -> (sa) : 0) + (hasKe(m) -> (of) << 2 : 0) + (hasNonce(m) -> (of) << 5 : 0))
#define WITH(m, proof) (hasAuth(m) -> (proof) << 8 : 0)

/* What AUTH covers. What its sender does not know yet is as if it were right. */
#ifndef COVERS_NO_SA
#define OF_SA(sa, choice) (2 * ((sa) == WEAK) + 4 * ((choice) == WEAK))
#else
#define OF_SA(sa, choice) 0
#endif
#ifndef COVERS_NO_NONCE
#define OF_NONCES(ni, nr) (32 * ((ni) == OF_E) + 64 * ((nr) == OF_E))
#else
#define OF_NONCES(ni, nr) 0
#endif
#define KNOWN(secret, sa, choice, keI, keR, ni, nr) \
        ((secret) + OF_SA(sa, choice) + 8 * ((keI) == OF_E) + 16 * ((keR) == OF_E) + OF_NONCES(ni, nr))
#define PROOF_I(known) (1 + 4 * (known))
#define PROOF_R(known) (2 + 4 * (known))

chan toI = [3] of { mtype, int };
chan toR = [3] of { mtype, int };
chan againI = [2] of { mtype, int };
chan againR = [2] of { mtype, int };

/* What the owners chose: the offer, and whether the two have the same secret. */
byte offer = FULL;
bool differ;

/* What each end knows: its state, what it took from the other, its timer. */
mtype iState = Idle, rState = Idle;
byte iChoice, iKe, iNr, iTimer, iTries;
byte rSa, rKe, rNi, rTimer;

/* Ghosts, for the properties alone: how many messages moved each end; whether an AUTH that nobody made was taken; and of the last step,
   whether something that was awaited was refused, what it held, and whether a copy was answered. */
byte iMoved, rMoved;
bool forgedTaken, refused, copied;
byte refusedSa, refusedKe;

#define iWaits (iState == AwaitSaR || iState == AwaitKeR || iState == AwaitAuthR)
#define rWaits (rState == AwaitKeI || rState == AwaitAuthI)
#define iDue (iWaits && iTimer == 0)
#define rDue (rWaits && rTimer == 0)
#define iListens (iState != Idle && !iDue)
#define rListens (!rDue)
#define or(part, known) (part != 0 -> part : known)

#ifdef FAIR
#define REWRITES false
#else
#define REWRITES true
#endif

/* The attacker changes what he has before him: he spoils one part, or puts others in the place of some. */
inline Rewrite() {
  if
  :: sa(v) != 0 -> v = v - sa(v) + UNFIT
  :: ke(v) != 0 -> v = v - (ke(v) << 2) + (INVALID << 2)
  :: auth(v) != 0 -> v = v - (auth(v) << 8)
  :: skip ->
       if :: skip :: sa(v) == FULL -> v = v - FULL + WEAK :: sa(v) == WEAK -> v = v - WEAK + FULL fi;
       if :: ke(v) != 0 && ke(v) != OF_E -> v = v - (ke(v) << 2) + (OF_E << 2) :: skip fi;
       if :: nonce(v) != 0 && nonce(v) != OF_E -> v = v - (nonce(v) << 5) + (OF_E << 5) :: skip fi
  fi;
  printf("  the attacker writes\n")
}

#define Rewritten(listens, from, message) \
        REWRITES && listens && from ?? [message, _] -> from ?? <message, v>; event = message; Rewrite()
#define Written(listens, from, message) \
        REWRITES && listens && !(from ?? [message, _]) -> event = message; v = PARTS(message, FULL, OF_E); Rewrite()

inline Refuse() { refused = true; refusedSa = sa(v); refusedKe = ke(v) }
inline Begin() { refused = false; refusedSa = 0; refusedKe = 0; copied = false }

/* ---------------------------------------------------------------- The initiator. */

#define iKnown KNOWN(0, FULL, iChoice, 0, iKe, 0, iNr)
#define iWouldKnow KNOWN(0, FULL, or(sa(v), iChoice), 0, or(ke(v), iKe), 0, or(nonce(v), iNr))

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* none was */
  :: next == iState -> Refuse()                         /* the record stays as it was */
  :: else ->
       if
       :: v != 0 ->
            iMoved++;
            forgedTaken = forgedTaken || (hasAuth(event) && auth(v) == 0);
            iChoice = or(sa(v), iChoice); iKe = or(ke(v), iKe); iNr = or(nonce(v), iNr)
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits -> GAP(0) : 0);
       seen = event; seenV = v;
       last = (message == IdAndAuthEncrypted -> IdAndAuth : (message == AuthEncrypted -> Auth : message));
       content = PARTS(last, offer, OF_I) + WITH(last, PROOF_I(iKnown));
       Send(toR, last, content)
  fi
}

/* Judged in this order: the choice, the key, AUTH. */
#define isBadSa (hasSa(event) && (offer != FULL || sa(v) == UNFIT || (EXCHANGE == AGGRESSIVE && sa(v) != offer)))
#define isBadKe (hasKe(event) && ke(v) == INVALID)
#define isGoodAuth (auth(v) == PROOF_R(iWouldKnow))
#define when_ChoiceWasOffered (!isBadSa)
#define when_ChoiceNotOffered isBadSa
#define when_KeyValid (!isBadSa && !isBadKe)
#define when_KeyInvalid (!isBadSa && isBadKe)
#define when_AuthMatches (!isBadSa && !isBadKe && isGoodAuth)
#define when_AuthDiffers (!isBadSa && !isBadKe && !isGoodAuth)

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;                 /* seen: the newest message taken, seenV: what it held; */
  int v, content, seenV;                                /* last: our newest message, content: what it holds */
end:
  do
  :: atomic {
       Begin();

       if                                                               /* What happens. */
       :: iState == Idle -> event = Initiate
       :: Arrives(iListens, toI, againI, ToI1)
       :: Rewritten(iListens && iWaits, toI, ToI1)
       :: Written(iListens && iWaits, toI, ToI1)
#ifdef ToI2
       :: Arrives(iListens, toI, againI, ToI2)
       :: Rewritten(iListens && iWaits, toI, ToI2)
       :: Written(iListens && iWaits, toI, ToI2)
#endif
#ifdef ToI3
       :: Arrives(iListens, toI, againI, ToI3)
       :: Rewritten(iListens && iWaits, toI, ToI3)
       :: Written(iListens && iWaits, toI, ToI3)
#endif
       :: ArrivesAgain(iListens, againI)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries); Send(toR, last, content)
       :: iDue && iTries == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it. */
#include TABLE
       :: event == seen && v == seenV && last != Nothing -> copied = true; Send(toR, last, content)     /* the same octets again */
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef isBadSa
#undef isGoodAuth
#undef ROW_Initiator
#undef ROW_Responder

/* ---------------------------------------------------------------- The responder. */

#define rKnown KNOWN(differ, rSa, rSa, rKe, 0, rNi, 0)
#define rWouldKnow KNOWN(differ, or(sa(v), rSa), or(sa(v), rSa), or(ke(v), rKe), 0, or(nonce(v), rNi), 0)

inline ResponderMoves() {
  if
  :: next == Nothing -> skip
  :: next == rState -> Refuse()
  :: else ->
       if
       :: v != 0 && next != Failed ->
            rMoved++;
            forgedTaken = forgedTaken || (hasAuth(event) && auth(v) == 0);
            rTimer = (rState == Idle -> HALF_OPEN : rTimer);
            rSa = or(sa(v), rSa); rKe = or(ke(v), rKe); rNi = or(nonce(v), rNi)
       :: else
       fi;
       rState = next;
       rTimer = (rWaits -> rTimer : 0);
       seen = event; seenV = v;
       last = (message == IdAndAuthEncrypted -> IdAndAuth : (message == Refusal -> Nothing : message));
       content = PARTS(last, rSa, OF_R) + WITH(last, PROOF_R(rKnown));
       Send(toI, last, content)
  fi
}

#define isBadSa (hasSa(event) && sa(v) == UNFIT)
#define isGoodAuth (auth(v) == PROOF_I(rWouldKnow))
#define when_OfferAcceptable (!isBadSa && !isBadKe)
#define when_NothingAcceptable isBadSa

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Initiator(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;
  int v, content, seenV;
end:
  do
  :: atomic {
       Begin();

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, ToR1)
       :: Rewritten(rListens && rState == Idle, toR, ToR1)
       :: Written(rListens && rState == Idle, toR, ToR1)
       :: Arrives(rListens, toR, againR, ToR2)
       :: Rewritten(rListens && rWaits, toR, ToR2)
       :: Written(rListens && rWaits, toR, ToR2)
#ifdef ToR3
       :: Arrives(rListens, toR, againR, ToR3)
       :: Rewritten(rListens && rWaits, toR, ToR3)
       :: Written(rListens && rWaits, toR, ToR3)
#endif
       :: ArrivesAgain(rListens, againR)
       :: rDue -> event = HalfOpenExpired
       fi;

       if                                                               /* What comes of it. */
#include TABLE
       :: event == seen && v == seenV && last != Nothing -> copied = true; Send(toI, last, content)     /* the same octets again */
       :: else -> skip
       fi;
       ResponderMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The clock. */

proctype Clock() {
end:
  do
  :: atomic {
       (iWaits || rWaits) && !iDue && !rDue && CLOCK_GOES_ON(empty(toI) && empty(toR)) ->
       Begin();
       printf("  a tick\n");
       if :: iTimer > 0 -> iTimer-- :: else fi;
       if :: rTimer > 0 -> rTimer-- :: else fi
     }
  od
}

init {
  atomic {
    if :: skip :: offer = UNFIT :: differ = true fi;
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)
#define fits (offer == FULL && !differ)
#define hasKeys (EXCHANGE != AUTHENTICATION_ONLY)
#if MESSAGES == 3                       /* who takes the last message is up last */
#define isUpFirst iUp
#define isUpLast rUp
#else
#define isUpFirst rUp
#define isUpLast iUp
#endif

ltl S_01 {
  [] (((iUp || rUp) -> (!differ && rSa == offer && iChoice == rSa && rNi == OF_I && iNr == OF_R))
      && ((iUp && hasKeys) -> iKe == OF_R) && ((rUp && hasKeys) -> rKe == OF_I))
}
ltl S_01_witness { [] !iUp }

ltl S_02 { [] ((iUp && rUp) -> (iChoice == rSa && iNr == OF_R && rNi == OF_I && iKe + rKe == (OF_I + OF_R) * hasKeys)) }
ltl S_02_witness { [] !(iUp && rUp) }

ltl S_03 { [] ((iChoice != 0 -> (offer == FULL && iChoice != UNFIT)) && ((iUp || rUp) -> iChoice == rSa)) }
ltl S_03_witness { [] !(refused && iWaits && refusedSa == UNFIT) }

ltl S_05 { [] (isUpLast -> isUpFirst) }
ltl S_05_witness { [] !(isUpFirst && !isUpLast) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && rState == AwaitAuthI) }

ltl S_08 { [] (iMoved <= MESSAGES / 2 && rMoved <= (MESSAGES + 1) / 2) }
ltl S_08_witness { [] !(copied && iUp) }

ltl S_37 { [] (iKe != INVALID && rKe != INVALID) }
ltl S_37_witness { [] !(refused && refusedKe == INVALID) }

ltl L_01 { [] (waits -> <> !waits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> ((iUp && rUp) || !fits) }
ltl L_02_witness { [] !(iUp && rUp && losses == LOSSES) }

ltl L_04 { [] ((isUpFirst && fits) -> <> isUpLast) }
ltl L_04_witness { [] !(isUpFirst && !isUpLast && iTries > 0) }

#endif
