/* Quick Mode (RFC 2409 section 5.5) under an ISAKMP SA that may end at any time.

   Tables: quick-mode.rows, and informational.rows for what the ends tell each other beside it: a refusal, a Delete of
   the new pair, a Delete of the ISAKMP SA. One initiator, one message id. The responder forgets a finished exchange
   and may then meet its message 1 again: what protects it is that the ISAKMP SA remembers message ids (-DFORGETFUL:
   it does not).

   Both ends have SKEYID_a and the attacker has not, so a HASH that he makes is GARBAGE. Otherwise a datagram holds
     Hash1SaNonce   whether the responder may accept the offer     FIT, UNFIT
     Hash2SaNonce   the responder's nonce, and whether the answer is one that was offered      nonce, BROKEN + nonce
     Hash3          the nonce that HASH(3) covers
     HashAndBody    NOTIFY, DELETE_PAIR, DELETE_PARENT
     Connected      the nonce of its exchange: HASH(4) and the IV are of it
   The initiator's nonce is the same throughout; the responder draws a new one for each exchange that it begins.

   The Commit bit is under no HASH, so the attacker sets and clears it at will: whoever reads an answer may find it
   set or not, whatever the responder did (commits).

   Not here: several Quick Modes at once (phase2-life.pml has two), PFS and KEYMAT (formulas, not order).

   clause 2408-3.1-06 clause 2408-3.1-07 clause 2408-5.11-01
   clause 2409-5.5-11 clause 2409-5.5-12 clause 2409-5.5-13 clause 2409-5.5-20 clause 2409-7.2-01 clause 2408-3.1-10
   clause 2408-4.2-07 clause 2408-5.1-05 clause 2408-5.4-03 clause 2408-5.14-05 clause 2408-5.15-03 */

mtype = { Idle, AwaitHash2, AwaitConnected, AwaitHash3, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, Hash1SaNonce, Hash2SaNonce, Hash3, Connected, Refusal };
mtype = { Refused, RetriesSpent, ParentDeleted, PeerDeleted };
mtype = { SendProtected, SendClear, HashAndBody, ClearBody };

#include "network.pml"

#define GARBAGE 0
#define FIT 1
#define UNFIT 2
#define BROKEN 4
#define NOTIFY 1
#define DELETE_PAIR 2
#define DELETE_PARENT 3

chan toI = [6] of { mtype, byte };
chan toR = [6] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose, and whether the responder keeps the rules. */
byte offer = FIT, breaks;
bool commits;           /* the responder sets the Commit bit */

/* What each end knows: its ISAKMP SA, its exchange, the pair that came of it, its timer. */
bool iParent = true, rParent = true, iPair, rPair;
mtype iState = Idle, rState = Idle;
byte iNr, iTimer, iTries;
byte rNr, rTimer, rTries;
bool rKnowsId;          /* the ISAKMP SA has met the message id */

/* Ghosts, for the properties alone: pairs that each end made, at the initiator with HASH(3) sent; whether a HASH that nobody made was taken; whether the
   peer's Delete of the pair was taken; and of the last step, whether something that was awaited was refused, and
   whether a copy was answered. */
byte iMade, rMade;
bool forgedTaken, deletedAtR, refused, copied;

#define iWaits (iState == AwaitHash2 || iState == AwaitConnected)
#define rWaits (rState == AwaitHash3)
#define iDue (iWaits && iTimer == 0)
#define rDue (rWaits && rTimer == 0)
#define iListens (iParent && iState != Idle && !iDue)     /* without an ISAKMP SA nothing can be read */
#define rListens (rParent && !rDue)

#ifdef FAIR
#define OWNER_MAY_DELETE false
#define MAY_FORGET false
#else
#define OWNER_MAY_DELETE true
#define MAY_FORGET (rNr < 2)
#endif

/* ---------------------------------------------------------------- The initiator. */

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* none was */
  :: next == iState -> refused = true                   /* the record stays as it was */
  :: else ->
       if
       :: (event == Hash2SaNonce || event == Connected) && v == GARBAGE -> forgedTaken = true
       :: event == Hash2SaNonce && v != GARBAGE -> iNr = v
       :: else
       fi;
       if
       :: event == Hash2SaNonce && next != Failed -> iMade++
       :: else
       fi;
       if
       :: next == Established -> iPair = true
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits -> GAP(0) : 0);
       seen = event; seenV = v; last = message;
       content = (message == Hash1SaNonce -> offer : (message == Hash3 -> iNr : 0));
       Send(toR, message, content)
  fi
}

/* An Informational was verified: what it says becomes the event. */
inline InitiatorObeys() {
  if
  :: next != Received -> skip
  :: next == Received && v == NOTIFY -> event = Refused
  :: next == Received && v == DELETE_PAIR -> iPair = false; event = (iState == AwaitConnected -> PeerDeleted : Nothing)
  :: next == Received && v == DELETE_PARENT -> iParent = false; event = ParentDeleted
  :: next == Received && v == GARBAGE -> forgedTaken = true
  fi;
  next = Nothing
}

#define when_AnswerAcceptable (v != GARBAGE && v < BROKEN)
#define when_AnswerAcceptableAndCommits when_AnswerAcceptable
#define when_AnswerNotOffered (v > BROKEN)
#define when_HashMatches (v != GARBAGE)
#define when_HashDiffers (v == GARBAGE)
#define when_BeforeKeys false
#define when_KeysExist true

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); next = then
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: tell != 0 && SendProtected == what && guard -> printf(text); Send(toR, sends, tell)
#define ROW_Responder(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;                 /* seen: the newest message taken, seenV: what it held; */
  byte v, content, seenV;                               /* last: our newest message, content: what it holds */
  byte tell;                                            /* the Informational to send */
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: iState == Idle && iParent -> event = Initiate
       :: Arrives(iListens, toI, againI, Hash2SaNonce)
       :: Arrives(iListens, toI, againI, Connected)
       :: ArrivesWith(iListens, toI, againI, HashAndBody, NOTIFY)
       :: ArrivesWith(iListens, toI, againI, HashAndBody, DELETE_PAIR)
       :: ArrivesWith(iListens, toI, againI, HashAndBody, DELETE_PARENT)
       :: ArrivesAgain(iListens, againI)
       :: Forged(iListens, Hash2SaNonce, GARBAGE)
       :: Forged(iListens && iState == AwaitConnected, Connected, GARBAGE)
       :: Forged(iListens, HashAndBody, GARBAGE)
       :: Forged(iListens, ClearBody, NOTIFY)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries); Send(toR, last, content)
       :: iDue && iTries == RETRIES -> event = RetriesSpent
       :: OWNER_MAY_DELETE && iParent -> iParent = false; event = ParentDeleted; tell = DELETE_PARENT
       :: OWNER_MAY_DELETE && iPair -> iPair = false; tell = (iParent -> DELETE_PAIR : 0)
       fi;

       if                                                               /* An Informational comes first, */
#include "informational.rows"
       :: else -> skip
       fi;
       InitiatorObeys();

       if                                                               /* and what comes of it all. */
#include "quick-mode.rows"
       :: event == seen && v == seenV && last != Nothing -> copied = true; Send(toR, last, content)
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0; tell = 0
     }
  od
}

#undef when_HashMatches
#undef when_HashDiffers
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
       :: event == Hash1SaNonce -> rKnowsId = true; rNr++; forgedTaken = forgedTaken || v == GARBAGE
       :: event == Hash3 && v == GARBAGE -> forgedTaken = true
       :: else
       fi;
       if
       :: next == Established -> rPair = true; rMade++
       :: else
       fi;
       rState = next;
       rTries = 0; rTimer = (rWaits -> GAP(0) : 0);
       seen = event; seenV = v; last = message;
       content = (message == Hash2SaNonce -> rNr + breaks : (message == Connected -> rNr : 0));
       if
       :: message == Refusal -> tell = NOTIFY; last = Nothing           /* an Informational, never sent again */
       :: else -> Send(toI, message, content)
       fi
  fi
}

inline ResponderObeys() {
  if
  :: next != Received -> skip
  :: next == Received && v == DELETE_PAIR -> rPair = false; deletedAtR = true; event = PeerDeleted
  :: next == Received && v == DELETE_PARENT -> rParent = false; event = ParentDeleted
  :: next == Received && v == GARBAGE -> forgedTaken = true
  fi;
  next = Nothing
}

#define when_OfferAcceptable (v == FIT)
#define when_NothingAcceptable (v == UNFIT)
#define when_HashMatches ((event == Hash3 && v == rNr && !commits) || (event == HashAndBody && v != GARBAGE))
#define when_HashMatchesAndCommits (v == rNr && commits)
#define when_HashDiffers ((event == Hash3 && v != rNr) || (event != Hash3 && v == GARBAGE))

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); next = then
#define ROW_Sender(state, what, guard, then, sends, text)
#define ROW_Initiator(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;
  byte v, content, seenV, tell;
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, Hash1SaNonce)
       :: Arrives(rListens, toR, againR, Hash3)
       :: ArrivesWith(rListens, toR, againR, HashAndBody, DELETE_PAIR)
       :: ArrivesWith(rListens, toR, againR, HashAndBody, DELETE_PARENT)
       :: ArrivesAgain(rListens, againR)
       :: Forged(rListens, Hash1SaNonce, GARBAGE)
       :: Forged(rListens, Hash3, GARBAGE)
       :: Forged(rListens, HashAndBody, GARBAGE)
       :: Forged(rListens, ClearBody, NOTIFY)
       :: rDue && rTries < RETRIES -> rTries++; rTimer = GAP(rTries); Send(toI, last, content)
       :: rDue && rTries == RETRIES -> event = RetriesSpent
       :: OWNER_MAY_DELETE && rParent -> rParent = false; event = ParentDeleted; tell = DELETE_PARENT
       :: OWNER_MAY_DELETE && rPair -> rPair = false; tell = (rParent -> DELETE_PAIR : 0)
       :: MAY_FORGET && (rState == Established || rState == Failed) ->
            rState = Idle; last = Nothing; seen = Nothing; seenV = 0
       fi;

#ifndef FORGETFUL
       if                                                               /* A message id serves for one exchange. */
       :: rState == Idle && rKnowsId && event == Hash1SaNonce -> event = Nothing
       :: else
       fi;
#endif

       if                                                               /* An Informational comes first, */
#include "informational.rows"
       :: else -> skip
       fi;
       ResponderObeys();

       if                                                               /* and what comes of it all. */
#include "quick-mode.rows"
       :: event == seen && v == seenV && last != Nothing -> copied = true; Send(toI, last, content)
       :: else -> skip
       fi;
       ResponderMoves();

#undef ROW_Responder
#undef ROW_Receiver
#undef ROW_Sender
#define ROW_Responder(state, what, guard, then, sends, text)
#define ROW_Receiver(state, what, guard, then, sends, text)
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: tell != 0 && SendProtected == what && guard -> printf(text); Send(toI, sends, tell)

       if                                                               /* What it has to tell. */
#include "informational.rows"
       :: else -> skip
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0; tell = 0
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
    if :: skip :: offer = UNFIT fi;
    if :: skip :: breaks = BROKEN fi;
    if :: skip :: commits = true fi;
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)

ltl S_04 { [] (rUp -> (iMade > 0 && iNr == rNr && offer == FIT && breaks == 0)) }
ltl S_04_witness { [] !rUp }

ltl S_05 { [] (rMade <= iMade) }
ltl S_05_witness { [] !(iUp && rWaits) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && rWaits) }

ltl S_08 { [] (rNr <= 1 && iMade <= 1 && rMade <= 1) }
ltl S_08_witness { [] !(copied && rWaits) }

ltl S_15 { [] (deletedAtR -> !rPair) }
ltl S_15_witness { [] !(deletedAtR && rState == Failed) }

ltl S_22 { [] ((iWaits -> iParent) && (rWaits -> rParent)) }
ltl S_22_witness { [] !(iUp && rState == Failed && !rParent) }

ltl L_01 { [] (waits -> <> !waits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_04 { [] (iUp -> <> rUp) }
ltl L_04_witness { [] !(iUp && rWaits && rTries > 0) }

#endif
