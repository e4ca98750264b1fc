/* New Group Mode (RFC 2409 section 5.6) under an ISAKMP SA that may end at any time, and what uses the group.

   Tables: new-group-mode.rows, and informational.rows for the refusal and for a Delete of the ISAKMP SA. One initiator, one message id.
   The responder may use the group once it has taken message 1, the initiator once it has taken message 2 (R-32). Either may offer it
   then, in Quick Mode, and takes what the other offers with it; the group goes with the ISAKMP SA.

   HASH(1) and HASH(2) are made alike, and the answer's SA is the offered one. So message 1 that comes back is a good message 2 to who
   looks at HASH alone: an end refuses the octets that it has sent itself (-DMIRRORED: it does not; D-194).

   The attacker has not SKEYID_a, so a HASH that he makes is GARBAGE. Otherwise a datagram holds
     HashAndSa     the group, which the responder may accept or not, and who sent it    FIT, UNFIT, OTHER, and FROM_R
     HashAndBody   NOTIFY, DELETE_PARENT
     Uses          the group

   The responder forgets a finished exchange and may meet message 1 again: the ISAKMP SA remembers message ids (-DFORGETFUL: it does
   not).

   Not here: several groups, and what is wrong with one that is not accepted; phase 1 in the group (Steps/PrivateGroups.cs).

   clause 2409-5.6-02 clause 2409-5.6-03 clause 2409-5.6-04 clause 2409-5.6-05 clause 2409-5.6-06 clause 2409-4-03
   clause 2408-3.1-10 clause 2408-4.2-07 clause 2408-5.1-05 clause 2408-5.1-06 clause 2408-5.11-01 clause 2408-5.15-03 */

mtype = { Idle, AwaitHash2, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, HashAndSa, Refusal, Refused, RetriesSpent, ParentDeleted, Uses };
mtype = { SendProtected, SendClear, HashAndBody, ClearBody };

#include "network.pml"

#define GARBAGE 0
#define FIT 1
#define UNFIT 2
#define OTHER 3
#define FROM_R 4
#define group(v) ((v) & 3)
#define NOTIFY 1
#define DELETE_PARENT 2

chan toI = [5] of { mtype, byte };
chan toR = [5] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose: the group, and whether the responder answers with the one that was offered. */
byte offer = FIT;
bool breaks;

/* What each end knows: its ISAKMP SA, its exchange, the group that may be used, 0 for none, its timer. */
bool iParent = true, rParent = true;
mtype iState = Idle, rState = Idle;
byte iGroup, rGroup, iTimer, iTries;
bool rKnowsId;          /* the ISAKMP SA has met the message id */

/* Ghosts, for the properties alone: how often each end has agreed; whether a HASH that nobody made was taken, or an end's own message;
   whether a group was used and whether it was by right; and of the last step, whether something that was awaited was refused, whether
   an end's own message was, whether a copy was answered. */
byte iMade, rMade;
bool forgedTaken, ownTaken, iUsed, rUsed, misused, refused, ownRefused, copied;

#define iUp (iState == Established)
#define rUp (rState == Established)
#define iWaits (iState == AwaitHash2)
#define iDue (iWaits && iTimer == 0)
#define iListens (iState != Idle && !iDue)
#define rListens (!iDue)
#define answered (offer + (breaks -> OTHER - offer : 0) + FROM_R)

#ifdef FAIR
#define OWNER_ACTS false                /* deletes the ISAKMP SA, or uses the group */
#define MAY_FORGET false
#else
#define OWNER_ACTS true
#define MAY_FORGET (rMade < 2)
#endif

/* The group is known from here on; and it goes with the ISAKMP SA. */
#ifndef EARLY                           /* else the initiator uses the group that it has offered */
#define agreesAt Established
#else
#define agreesAt AwaitHash2
#endif
#ifndef OUTLIVES                        /* else the group stays */
#define goes(known) known = 0
#else
#define goes(known) skip
#endif

/* ---------------------------------------------------------------- The initiator. */

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* none was */
  :: next == iState -> refused = true                   /* the record stays as it was */
  :: else ->
       if :: next == agreesAt -> iGroup = offer :: else fi;
       if
       :: event == HashAndSa && next == Established ->
            iMade++; iGroup = group(v);
            forgedTaken = forgedTaken || v == GARBAGE;
            ownTaken = ownTaken || (v & FROM_R) == 0
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits -> GAP(0) : 0);
       Send(toR, message, offer)
  fi
}

/* An Informational was verified: what it says becomes the event. */
inline InitiatorObeys() {
  if
  :: next != Received -> skip
  :: next == Received && v == NOTIFY -> event = Refused
  :: next == Received && v == DELETE_PARENT -> iParent = false; goes(iGroup); event = ParentDeleted
  :: next == Received && v == GARBAGE -> forgedTaken = true
  fi;
  next = Nothing
}

#define when_AnswerAcceptable (v != GARBAGE && group(v) == offer)
#define when_AnswerNotOffered (v != GARBAGE && group(v) != offer)
#define when_HashMatches (v != GARBAGE)
#define when_HashDiffers (v == GARBAGE)
#define when_BeforeKeys false
#define when_KeysExist true

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); next = then
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: tells && SendProtected == what && guard -> printf(text); Send(toR, sends, DELETE_PARENT)
#define ROW_Responder(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v;
  bool tells;                                           /* the Delete */
end:
  do
  :: atomic {
       refused = false; ownRefused = false; copied = false;

       if                                                               /* What happens. */
       :: iState == Idle && iParent -> event = Initiate
       :: Arrives(iListens, toI, againI, HashAndSa)
       :: Arrives(iListens, toI, againI, Uses)
       :: ArrivesWith(iListens, toI, againI, HashAndBody, NOTIFY)
       :: ArrivesWith(iListens, toI, againI, HashAndBody, DELETE_PARENT)
       :: ArrivesAgain(iListens, againI)
       :: Raced(iListens && iWaits, HashAndSa, offer)                   /* our own, come back */
       :: Forged(iListens, HashAndSa, GARBAGE)
       :: Forged(iListens, HashAndBody, GARBAGE)
       :: Forged(iListens, ClearBody, NOTIFY)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries); Send(toR, HashAndSa, offer)
       :: iDue && iTries == RETRIES -> event = RetriesSpent
       :: OWNER_ACTS && iListens && iParent -> iParent = false; goes(iGroup); event = ParentDeleted; tells = true
       :: OWNER_ACTS && iListens && iGroup != 0 && !iUsed ->
            iUsed = true; misused = misused || rMade == 0 || !iParent; Send(toR, Uses, iGroup)
       fi;

       if                                                               /* Without an ISAKMP SA nothing can be read, */
       :: !iParent && event != ParentDeleted && event != Uses -> event = Nothing
       :: event == Uses -> misused = misused || (iGroup != 0 && !iParent); event = Nothing
#ifndef MIRRORED
       :: iParent && event == HashAndSa && v == offer -> ownRefused = true; event = Nothing
#endif
       :: else
       fi;

       if                                                               /* an Informational comes first, */
#include "informational.rows"
       :: else -> skip
       fi;
       InitiatorObeys();

       if                                                               /* and what comes of it all. */
#include "new-group-mode.rows"
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0; tells = false
     }
  od
}

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
       rKnowsId = true;
       forgedTaken = forgedTaken || v == GARBAGE;
       ownTaken = ownTaken || (v & FROM_R) != 0;
       if
       :: next == Established -> rMade++; rGroup = group(v)
       :: else
       fi;
       rState = next;
       if
       :: message == Refusal -> tell = NOTIFY                           /* an Informational, never sent again */
       :: else -> Send(toI, message, answered)
       fi
  fi
}

inline ResponderObeys() {
  if
  :: next != Received -> skip
  :: next == Received && v == DELETE_PARENT -> rParent = false; goes(rGroup)
  :: next == Received && v == GARBAGE -> forgedTaken = true
  fi;
  next = Nothing
}

#define when_GroupAcceptable (v != GARBAGE && group(v) != UNFIT)
#define when_GroupNotAcceptable (v != GARBAGE && group(v) == UNFIT)

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); next = then
#define ROW_Sender(state, what, guard, then, sends, text)
#define ROW_Initiator(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v, tell;
end:
  do
  :: atomic {
       refused = false; ownRefused = false; copied = false;

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, HashAndSa)
       :: Arrives(rListens, toR, againR, Uses)
       :: ArrivesWith(rListens, toR, againR, HashAndBody, DELETE_PARENT)
       :: ArrivesAgain(rListens, againR)
       :: Raced(rListens && rMade > 0, HashAndSa, answered)          /* our own, come back */
       :: Forged(rListens, HashAndSa, GARBAGE)
       :: Forged(rListens, HashAndBody, GARBAGE)
       :: Forged(rListens, ClearBody, NOTIFY)
       :: OWNER_ACTS && rListens && rParent -> rParent = false; goes(rGroup); tell = DELETE_PARENT
       :: OWNER_ACTS && rListens && rGroup != 0 && !rUsed ->
            rUsed = true; misused = misused || !rParent; Send(toI, Uses, rGroup)
       :: MAY_FORGET && (rState == Established || rState == Failed) -> rState = Idle
       fi;

       if                                                               /* A message id serves for one exchange. */
       :: !rParent && event != Uses -> event = Nothing
       :: event == Uses -> misused = misused || (rGroup != 0 && (!rParent || v != rGroup)); event = Nothing
#ifndef FORGETFUL
       :: rParent && rState == Idle && rKnowsId && event == HashAndSa -> event = Nothing
#endif
       :: rParent && rUp && event == HashAndSa && v == offer ->         /* a copy: the same octets again */
            copied = true; Send(toI, HashAndSa, answered); event = Nothing
       :: else
       fi;

       if                                                               /* An Informational comes first, */
#include "informational.rows"
       :: else -> skip
       fi;
       ResponderObeys();

       if                                                               /* and what comes of it all. */
#include "new-group-mode.rows"
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
       iWaits && !iDue && CLOCK_GOES_ON(empty(toI) && empty(toR)) ->
       refused = false; ownRefused = false; copied = false;
       printf("  a tick\n");
       iTimer--
     }
  od
}

init {
  atomic {
    if :: skip :: offer = UNFIT fi;
    if :: skip :: breaks = true fi;
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define fits (offer == FIT && !breaks)

ltl S_05 { [] (iMade <= rMade) }
ltl S_05_witness { [] !(rUp && iWaits) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && iWaits) }

ltl S_08 { [] (iMade <= 1 && rMade <= 1) }
ltl S_08_witness { [] !(copied && iWaits) }

ltl S_22 { [] (iWaits -> iParent) }
ltl S_22_witness { [] !(iState == Failed && !iParent) }

ltl S_29 { [] !ownTaken }
ltl S_29_witness { [] !(ownRefused && rUp) }

ltl S_33 { [] (!misused && ((iGroup != 0 && rGroup != 0) -> iGroup == rGroup)) }
ltl S_33_witness { [] !(iUsed && rUsed) }

ltl L_01 { [] (iWaits -> <> !iWaits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> ((iUp && rUp) || !fits) }
ltl L_02_witness { [] !(iUp && rUp && losses == LOSSES) }

ltl L_04 { [] ((rUp && fits) -> <> iUp) }
ltl L_04_witness { [] !(rUp && iWaits && iTries > 0) }

#endif
