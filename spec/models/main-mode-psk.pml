/* Main Mode with a pre-shared key (RFC 2409 section 5.4) between two ends and an attacker who owns the network.

   Tables: main-mode-psk.rows, and informational.rows for the refusal that a responder sends in clear. One initiator,
   one responder, one exchange. What each end was told by its owner is chosen at the start: whether the two have the
   same secret, whether the responder accepts what is offered, whether either names itself as the other expects.

   A datagram holds one number:
     SaPayload     the offer, or the choice        UNFIT, FULL, WEAK
     KeyAndNonce   whose KE and nonce              INVALID, OF_I, OF_R, OF_E
     IdAndHash     HASH and identity               GARBAGE, HASH_I(key, id), HASH_R(key, id)
   HASH is symbolic: a number of its own for each secret, offer, choice, KE and nonce of either side, and identity
   that go into it.

   Not here: a second exchange between the same ends (refike explore has it), the ISAKMP SA's later life, encryption (a
   message that does not decrypt is a HASH that differs).

   clause 2409-5.4-01 clause 2409-5-05 clause 2409-5-14 clause 2409-5-17 clause 2409-5-18 clause 2409-5.7-03 clause
   2408-5.1-05 clause 2408-5.4-03 clause 2408-5.11-01 clause 2408-5.14-04 clause 2407-4.6.2-02 */

mtype = { Idle, AwaitSaR, AwaitKeR, AwaitHashR, AwaitKeI, AwaitHashI, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, SaPayload, KeyAndNonce, IdAndHash, Refusal, RetriesSpent, HalfOpenExpired };
mtype = { SendProtected, SendClear, HashAndBody, ClearBody };

#include "network.pml"

#ifndef HALF_OPEN
#define HALF_OPEN 4                     /* ticks that a responder waits for a whole exchange */
#endif

/* An offer: nothing that the responder may take; all that the initiator offers; only the weaker half of it.
   A choice likewise. */
#define UNFIT 0
#define FULL 1
#define WEAK 2

/* Whose KE and nonce; INVALID is a public value outside the group. */
#define INVALID 0
#define OF_I 1
#define OF_R 2
#define OF_E 3

/* An identity as the other end expects it, or another. */
#define EXPECTED 0
#define OTHER 1

#define GARBAGE 0
#define KEY(psk, sa, choice, ni, nr) \
        ((psk) - 1 + 2 * ((sa) == WEAK) + 4 * ((choice) == WEAK) + 8 * ((ni) == OF_E) + 16 * ((nr) == OF_E))
#define HASH_I(key, id) (1 + 4 * (key) + 2 * (id))
#define HASH_R(key, id) (2 + 4 * (key) + 2 * (id))

chan toI = [4] of { mtype, byte };
chan toR = [4] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose. */
byte offer = FULL, iPsk = 1, rPsk = 1, iId = EXPECTED, rId = EXPECTED;

/* What each end knows: its state, what it took from the other, its timer. */
mtype iState = Idle, rState = Idle;
byte iChoice, iNr, iTimer, iTries;
byte rSa, rNi, rTimer;

/* Ghosts, for the properties alone: how many messages moved each end; whether a HASH that nobody made was taken; and
   of the last step, whether something that was awaited was refused, and whether a copy was answered. */
byte iMoved, rMoved;
bool forgedTaken, refused, copied;

#define iKey KEY(iPsk, offer, iChoice, OF_I, iNr)
#define rKey KEY(rPsk, rSa, rSa, rNi, OF_R)
#define iWaits (iState == AwaitSaR || iState == AwaitKeR || iState == AwaitHashR)
#define rWaits (rState == AwaitKeI || rState == AwaitHashI)
#define iHasKeys (iState == AwaitHashR || iState == Established)
#define rHasKeys (rState == AwaitHashI || rState == Established)
#define iDue (iWaits && iTimer == 0)
#define rDue (rWaits && rTimer == 0)
#define iListens (iState != Idle && !iDue)     /* an exchange that has failed takes a datagram and drops it */
#define rListens (!rDue)

/* ---------------------------------------------------------------- The initiator. */

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* none was */
  :: next == iState -> refused = true                   /* the record stays as it was */
  :: else ->
       if
       :: event == SaPayload -> iChoice = v; iMoved++
       :: event == KeyAndNonce -> iNr = v; iMoved++
       :: event == IdAndHash -> forgedTaken = (v == GARBAGE); iMoved++
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits -> GAP(0) : 0);
       seen = event; seenV = v; last = message;
       if
       :: message == SaPayload -> content = offer
       :: message == KeyAndNonce -> content = OF_I
       :: message == IdAndHash -> content = HASH_I(iKey, iId)
       :: else -> content = 0
       fi;
       Send(toR, message, content)
  fi
}

#define when_ChoiceWasOffered (offer == FULL && v != UNFIT)
#define when_ChoiceNotOffered (offer != FULL || v == UNFIT)
#define when_PublicValueValid (v != INVALID && v != OF_I)
#define when_PublicValueInvalid (v == INVALID || v == OF_I)
#define when_HashMatches (v == HASH_R(iKey, EXPECTED))
#define when_IdentityRefused (v == HASH_R(iKey, OTHER))
#define when_HashDiffers (v != HASH_R(iKey, EXPECTED) && v != HASH_R(iKey, OTHER))
#define when_BeforeKeys (!iHasKeys)
#define when_KeysExist iHasKeys

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text)               /* a hint at most: nothing moves */
#define ROW_Responder(state, what, guard, then, sends, text)
#define ROW_Sender(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;                 /* seen: the newest message taken, seenV: what it held; */
  byte v, content, seenV;                               /* last: our newest message, content: what it holds */
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: iState == Idle -> event = Initiate
       :: Arrives(iListens, toI, againI, SaPayload)
       :: Arrives(iListens, toI, againI, KeyAndNonce)
       :: Arrives(iListens, toI, againI, IdAndHash)
       :: Arrives(iListens, toI, againI, ClearBody)
       :: ArrivesAgain(iListens, againI)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, FULL)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, WEAK)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, UNFIT)
       :: Raced(iListens && iState == AwaitKeR, KeyAndNonce, INVALID)
       :: Raced(iListens && iState == AwaitKeR, KeyAndNonce, OF_E)
       :: Raced(iListens && iState == AwaitKeR, KeyAndNonce, OF_I)      /* our own, come back */
       :: Forged(iListens && iState == AwaitHashR, IdAndHash, GARBAGE)
       :: Forged(iListens, ClearBody, 0)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries); Send(toR, last, content)
       :: iDue && iTries == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it. */
#include "main-mode-psk.rows"
#include "informational.rows"
       :: event == seen && v == seenV && last != Nothing ->             /* a copy: the same octets again */
            copied = true; Send(toR, last, content)
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef when_HashMatches
#undef when_HashDiffers
#undef when_IdentityRefused
#undef when_PublicValueValid
#undef when_PublicValueInvalid
#undef when_BeforeKeys
#undef ROW_Initiator
#undef ROW_Receiver
#undef ROW_Responder
#undef ROW_Sender

/* ---------------------------------------------------------------- The responder. */

inline ResponderMoves() {
  if
  :: next == Nothing -> skip
  :: next == rState -> refused = true
  :: else ->
       if
       :: event == SaPayload -> rSa = v; rTimer = HALF_OPEN; rMoved++
       :: event == KeyAndNonce -> rNi = v; rMoved++
       :: event == IdAndHash -> forgedTaken = (v == GARBAGE); rMoved++
       :: else
       fi;
       rState = next;
       rTimer = (rWaits -> rTimer : 0);
       seen = event; seenV = v; last = message;
       if
       :: message == SaPayload -> content = rSa
       :: message == KeyAndNonce -> content = OF_R
       :: message == IdAndHash -> content = HASH_R(rKey, rId)
       :: else -> content = 0
       fi;
       if
       :: message == Refusal -> event = SendClear; last = Nothing       /* an Informational, never sent again */
       :: else -> Send(toI, message, content)
       fi
  fi
}

#define when_OfferAcceptable (v != UNFIT)
#define when_NothingAcceptable (v == UNFIT)
#define when_PublicValueValid (v != INVALID)
#define when_PublicValueInvalid (v == INVALID)
#define when_HashMatches (v == HASH_I(rKey, EXPECTED))
#define when_IdentityRefused (v == HASH_I(rKey, OTHER))
#define when_HashDiffers (v != HASH_I(rKey, EXPECTED) && v != HASH_I(rKey, OTHER))
#define when_BeforeKeys (!rHasKeys)

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); Send(toI, sends, 0)
#define ROW_Initiator(state, what, guard, then, sends, text)
#define ROW_Receiver(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;
  byte v, content, seenV;
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, SaPayload)
       :: Arrives(rListens, toR, againR, KeyAndNonce)
       :: Arrives(rListens, toR, againR, IdAndHash)
       :: ArrivesAgain(rListens, againR)
       :: Raced(rListens && rState == Idle, SaPayload, FULL)
       :: Raced(rListens && rState == Idle, SaPayload, WEAK)
       :: Raced(rListens && rState == Idle, SaPayload, UNFIT)
       :: Raced(rListens && rState == AwaitKeI, KeyAndNonce, INVALID)
       :: Raced(rListens && rState == AwaitKeI, KeyAndNonce, OF_E)
       :: Forged(rListens && rState == AwaitHashI, IdAndHash, GARBAGE)
       :: rDue -> event = HalfOpenExpired
       fi;

       if                                                               /* What comes of it. */
#include "main-mode-psk.rows"
       :: event == seen && v == seenV && last != Nothing ->             /* a copy: the same octets again */
            copied = true; Send(toI, last, content)
       :: else -> skip
       fi;
       ResponderMoves();

       if                                                               /* A refusal is an exchange of its own. */
#include "informational.rows"
       :: else -> skip
       fi;
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
       refused = false; copied = false;
       printf("  a tick\n");
       if :: iTimer > 0 -> iTimer-- :: else fi;
       if :: rTimer > 0 -> rTimer-- :: else fi
     }
  od
}

init {
  atomic {
    if :: skip :: rPsk = 2 fi;
    if :: skip :: offer = UNFIT fi;
    if :: skip :: iId = OTHER fi;
    if :: skip :: rId = OTHER fi;
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)
#define fits (iPsk == rPsk && offer == FULL && iId == EXPECTED && rId == EXPECTED)

ltl S_01 { [] ((iUp || rUp) -> (iPsk == rPsk && rSa == offer && iChoice == rSa && rNi == OF_I && iNr == OF_R)) }
ltl S_01_witness { [] !iUp }

ltl S_02 { [] ((iUp && rUp) -> iKey == rKey) }
ltl S_02_witness { [] !(iUp && rUp) }

ltl S_03 { [] ((iState == AwaitKeR -> (offer == FULL && iChoice != UNFIT)) && ((iUp || rUp) -> iChoice == rSa)) }
ltl S_03_witness { [] !(iState == AwaitHashR && iChoice == WEAK) }

ltl S_05 { [] (iUp -> rUp) }
ltl S_05_witness { [] !(rUp && !iUp) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && iState == AwaitHashR) }

ltl S_08 { [] (iMoved <= 3 && rMoved <= 3) }
ltl S_08_witness { [] !(copied && rUp) }

ltl S_29 { [] (iState == AwaitHashR -> iNr != OF_I) }
ltl S_29_witness { [] !(refused && iState == AwaitKeR) }

ltl S_37 { [] ((iState == AwaitHashR -> iNr != INVALID) && (rState == AwaitHashI -> rNi != INVALID)) }
ltl S_37_witness { [] !(refused && rState == AwaitKeI) }

ltl L_01 { [] (waits -> <> !waits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> ((iUp && rUp) || !fits) }
ltl L_02_witness { [] !(iUp && rUp && losses == LOSSES) }

ltl L_03 { <> ((iUp && rUp) || !fits) }
ltl L_03_witness { [] !(iUp && rUp && forgeries == FORGERIES) }

ltl L_04 { [] ((rUp && fits) -> <> iUp) }
ltl L_04_witness { [] !(rUp && iState == AwaitHashR && iTries > 0) }

#endif
