/* The life of a phase 2 SA (RFC 2408 section 4.3): two ends, 0 and 1, hold a pair; one of them or both replace it.

   Tables: quick-mode.rows for the rekeys, informational.rows for the Deletes. Quick Mode k is begun by end k, and the
   other end responds. A pair is a bit: OLD is the one that nears its end, NEW(k) the one that Quick Mode k makes. An
   end receives on each pair of inbound, may send on each of outbound, and sends on one, sends. The ends speak under
   one ISAKMP SA that lives throughout, on the fair network: without one that delivers, no rekey can promise anything.

   RFC 2409 leaves open what an end does with its pairs. End 0 follows POLICY, end 1 PEER (rekey-policy.pml): RefIke's
   (Steps/Rekeying.cs in src/RefIke.Engine), unless a run names another one:
   - whoever began a rekey deletes the old pair DELETE_OLD_AFTER ticks after it has the new one;
   - the newest pair is sent on, at once;
   - of two new pairs the one with the smallest nonce is surplus, and its initiator deletes it DELETE_SURPLUS_AFTER
     ticks after it has both. They are two at once, and not one after the other, where the second was begun before the
     first had been up for CROSSES_WITHIN ticks;
   - whoever responded and gives up waiting for HASH(3) deletes the pair that it offered;
   - a Delete is answered once, with a Delete of the other half, and not at all where the pair has gone already;
   - OLD ends in any case LIFE_LEFT ticks after the rekeys began. A pair that one end alone still holds, for a Delete
     was lost, ends with its life: here, when all else is quiet.

   Not here: a rekey that is tried again after it failed, the life of the new pairs, the end of the ISAKMP SA, the
   Commit bit (quick-mode.pml has it).

   clause 2408-4.3-02 clause 2408-4.3-03 clause 2408-3.15-02 clause 2408-5.15-02 clause 2408-5.15-04 clause
   2409-5.7-01 clause 2409-9-01 clause 2407-4.5-03 */

mtype = { Idle, AwaitHash2, AwaitConnected, AwaitHash3, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, Hash1SaNonce, Hash2SaNonce, Hash3, Connected, Refusal };
mtype = { Refused, RetriesSpent, ParentDeleted, PeerDeleted };
mtype = { SendProtected, SendClear, HashAndBody, ClearBody };

#define FAIR
#ifndef FORGERIES
#define FORGERIES 1
#endif
#include "network.pml"

#ifndef LIFE_LEFT
#define LIFE_LEFT 8
#endif
#ifndef POLICY
#define POLICY INITIATOR_DELETES_OLD_LATER
#endif
#ifndef PEER
#define PEER POLICY
#endif
#ifndef DELETE_OLD_AFTER
#define DELETE_OLD_AFTER 4
#endif
#ifndef DELETE_SURPLUS_AFTER
#define DELETE_SURPLUS_AFTER 4
#endif
#ifndef CROSSES_WITHIN
#define CROSSES_WITHIN GAP(RETRIES)     /* the time to the last sending of a message, and one tick more */
#endif
#ifndef EXCUSES_HASH_3
#define EXCUSES_HASH_3 true             /* S-20: what HASH(3) opens may be sent on while it is on its way */
#endif

#define GARBAGE 0
#define GOOD 1
#define OLD 1
#define NEW_0 2
#define NEW_1 4
#define NEW(k) (2 << (k))
#define BOTH_NEW 6

/* A Delete that answers one is marked, for S-12 alone: no end looks at it. */
#define ANSWER 8
#define OLD_ANSWER 9
#define NEW_0_ANSWER 10
#define NEW_1_ANSWER 12

chan toI[2] = [6] of { mtype, byte };
chan toR[2] = [6] of { mtype, byte };
chan inf[2] = [6] of { mtype, byte };
chan againI[2] = [2] of { mtype, byte };
chan againR[2] = [2] of { mtype, byte };
chan againInf[2] = [2] of { mtype, byte };

/* What chance and the owners chose: whose pair has the smallest nonce, and who rekeys. */
byte surplus;
bool wants[2];

/* What each end knows: its pairs; its Quick Modes, each with its timer. A timer of the pairs is 0 where it does not
   run. */
byte inbound[2] = OLD, outbound[2] = OLD, sends[2] = OLD;
mtype iState[2] = Idle, rState[2] = Idle;
byte iTimer[2], iTries[2], rTimer[2], rTries[2];
byte oldRetires[2], surplusRetires[2], oldLife = LIFE_LEFT + 1;
byte age[2];            /* how long NEW(e) has been up at end e */
bool follows[2];        /* and that it was so when the other end's Quick Mode came */

/* Ghosts, for the properties alone: whether a HASH that nobody made was taken, whether an answer was answered, which
   pairs have ended at an end, whether all is over. */
bool forgedTaken, answeredAnAnswer, isOver;
byte ended[2];

#define iWaits(k) (iState[k] == AwaitHash2)
#define rWaits(k) (rState[k] == AwaitHash3)
#define iDue(k) (iWaits(k) && iTimer[k] == 0)
#define rDue(k) (rWaits(k) && rTimer[k] == 0)
#define has(e, pair) (((inbound[e] | outbound[e]) & (pair)) != 0)
#define expires(e) (oldLife == 1 && has(e, OLD) && KEEPS_LIFE(e))
#define pairDue(e) (oldRetires[e] == 1 || surplusRetires[e] == 1 || expires(e) || hearsNew(e))
/* What end e alone still has of the new pairs. */
#define lone(e) (((inbound[e] & ~outbound[1 - (e)]) | (outbound[e] & ~inbound[1 - (e)])) & BOTH_NEW)
#define nothingFliesTo(e) (empty(toI[e]) && empty(toR[1 - (e)]) && empty(inf[e]))
#define nothingFlies (nothingFliesTo(0) && nothingFliesTo(1))
#define noneWaits (!iWaits(0) && !iWaits(1) && !rWaits(0) && !rWaits(1))
#define noneRetires (oldRetires[0] + oldRetires[1] + surplusRetires[0] + surplusRetires[1] == 0)
#define begun (!(wants[0] && iState[0] == Idle) && !(wants[1] && iState[1] == Idle))
#define quiet (begun && noneWaits && noneRetires && nothingFlies)
#define over (quiet && (oldLife == 0 || (!has(0, OLD) && !has(1, OLD))) && lone(0) == 0 && lone(1) == 0)

#include "rekey-policy.pml"

/* ---------------------------------------------------------------- The initiator of Quick Mode k, at end k. */

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing || next == iState[k] -> skip       /* none was, or one that refuses */
  :: else ->
       if
       :: next == Established -> Install(k, NEW(k)); age[k] = 0
       :: else
       fi;
       iState[k] = next;
       iTries[k] = 0; iTimer[k] = (iWaits(k) -> GAP(0) : 0);
       Send(toR[k], message, GOOD)
  fi
}

#define when_AnswerAcceptable (v == GOOD)
#define when_AnswerAcceptableAndCommits false
#define when_AnswerNotOffered false
#define when_OfferAcceptable (v == GOOD)
#define when_NothingAcceptable false
#define when_HashMatches (v == GOOD)
#define when_HashMatchesAndCommits false
#define when_HashDiffers (v == GARBAGE)

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState[k] == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(state, what, guard, then, sends, text)

proctype Initiator(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v;
end:
  do
  :: atomic {
       if                                                               /* What happens. */
       :: iState[k] == Idle && wants[k] && outbound[k] == OLD -> event = Initiate
       :: iState[k] == Idle && wants[k] && outbound[k] != OLD -> wants[k] = false  /* a newer pair is up already */
       :: Arrives(iState[k] != Idle && !iDue(k), toI[k], againI[k], Hash2SaNonce)
       :: ArrivesAgain(iState[k] != Idle && !iDue(k), againI[k])
       :: iDue(k) && iTries[k] < RETRIES -> iTries[k]++; iTimer[k] = GAP(iTries[k]); Send(toR[k], Hash1SaNonce, GOOD)
       :: iDue(k) && iTries[k] == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it. */
#include "quick-mode.rows"
       :: event == Hash2SaNonce && iState[k] == Established ->          /* a copy: the same octets again */
            Send(toR[k], Hash3, GOOD)
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef ROW_Initiator
#undef ROW_Responder

/* ---------------------------------------------------------------- The responder of Quick Mode k, at end 1 - k. */

inline ResponderMoves() {
  if
  :: next == Nothing || next == rState[k] -> skip
  :: else ->
       if
       :: next == Established -> Install(1 - k, NEW(k))
       :: next == AwaitHash3 ->
            follows[1 - k] = (outbound[1 - k] & NEW(1 - k)) != 0 && age[1 - k] == CROSSES_WITHIN;
            inbound[1 - k] = inbound[1 - k] | (RECEIVES_WITH_MESSAGE_2(1 - k) -> NEW(k) : 0)
       :: next == Failed -> inbound[1 - k] = inbound[1 - k] & ~NEW(k)
       fi;
       rState[k] = next;
       rTries[k] = 0; rTimer[k] = (rWaits(k) -> GAP(0) : 0);
       Send(toI[k], message, GOOD)
  fi
}

#define ROW_Initiator(state, what, guard, then, sends, text)
#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState[k] == state && event == what && guard -> printf(text); next = then; message = sends

proctype Responder(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v;
end:
  do
  :: atomic {
       if                                                               /* What happens. */
       :: Arrives(!rDue(k), toR[k], againR[k], Hash1SaNonce)
       :: Arrives(!rDue(k), toR[k], againR[k], Hash3)
       :: ArrivesAgain(!rDue(k), againR[k])
       :: rDue(k) && rTries[k] < RETRIES -> rTries[k]++; rTimer[k] = GAP(rTries[k]); Send(toI[k], Hash2SaNonce, GOOD)
       :: rDue(k) && rTries[k] == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it. */
#include "quick-mode.rows"
       :: event == Hash1SaNonce && rWaits(k) ->                         /* a copy: the same octets again */
            Send(toI[k], Hash2SaNonce, GOOD)
       :: else -> skip
       fi;
       if                                                               /* What it offered it takes back. */
       :: event == RetriesSpent && next == Failed -> Send(inf[k], HashAndBody, NEW(k))
       :: else -> skip
       fi;
       ResponderMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The Informationals of end e: Deletes. */

#undef when_HashMatches
#undef when_HashDiffers
#define when_HashMatches (event == HashAndBody && v != GARBAGE)
#define when_HashDiffers (event == HashAndBody && v == GARBAGE)
#define when_BeforeKeys false
#define when_KeysExist true

/* Either the pair goes and our half is told, once; or the Quick Mode that would make it ends; or it has gone. */
inline Obey() {
  answer = (v >= ANSWER);
  v = v & 7;
  if
  :: next != Received -> skip
  :: next == Received && (outbound[e] & v) != 0 ->
       tell = (ANSWERS(e) && (inbound[e] & v) != 0 -> v + ANSWER : 0);
       Remove(e, v, v);
       answeredAnAnswer = answeredAnAnswer || (answer && tell != 0);
       event = Nothing
  :: next == Received && (outbound[e] & v) == 0 ->
       forgedTaken = forgedTaken || v == GARBAGE;
       event = (v == NEW(k) -> PeerDeleted : Nothing)
  fi;
  next = Nothing; answer = false; v = 0
}

#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: state == Idle && event == what && guard -> printf(text); next = then
#define ROW_Sender(state, what, guard, then, sends, text)

proctype Informationals(byte e) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v, tell, k = 1 - e;              /* k: the Quick Mode to which end e responds */
  bool answer;
end:
  do
  :: atomic {
       if                                                               /* What happens. */
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, OLD)
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, OLD_ANSWER)
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, NEW_0)
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, NEW_0_ANSWER)
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, NEW_1)
       :: ArrivesWith(!pairDue(e), inf[e], againInf[e], HashAndBody, NEW_1_ANSWER)
       :: ArrivesAgain(!pairDue(e), againInf[e])
       :: Forged(!pairDue(e) && begun, HashAndBody, GARBAGE)
       :: Forged(!pairDue(e) && begun, ClearBody, OLD)
       :: oldRetires[e] == 1 -> Remove(e, OLD, OUTBOUND_OF(e, OLD)); tell = OLD
       :: surplusRetires[e] == 1 -> tell = SURPLUS(e); Remove(e, tell, OUTBOUND_OF(e, tell))
       :: expires(e) -> Remove(e, OLD, OLD); tell = (TELLS_EXPIRY(e) -> OLD : 0)
       :: hearsNew(e) -> sends[e] = NEW(e)
       :: quiet && lone(e) != 0 -> v = lone(e); Remove(e, v, v); v = 0
       fi;

       if                                                               /* What was taken. */
#include "informational.rows"
       :: else -> skip
       fi;
       Obey();

       if                                                               /* It may end a Quick Mode. */
#include "quick-mode.rows"
       :: else -> skip
       fi;
       ResponderMoves();

#undef ROW_Receiver
#undef ROW_Sender
#define ROW_Receiver(state, what, guard, then, sends, text)
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: state == Idle && tell != 0 && SendProtected == what && guard -> printf(text); Send(inf[1 - e], sends, tell)

       if                                                               /* What is told. */
#include "informational.rows"
       :: else -> skip
       fi;
       event = Nothing; next = Nothing; message = Nothing; tell = 0
     }
  od
}

/* ---------------------------------------------------------------- The clock. */

inline Down(timer) { if :: timer > 0 -> timer-- :: else fi }

inline Older(e) { age[e] = ((outbound[e] & NEW(e)) && age[e] < CROSSES_WITHIN -> age[e] + 1 : age[e]) }

proctype Clock() {
end:
  do
  :: atomic {
       begun && (!noneWaits || !noneRetires || oldLife == 1 || ((has(0, OLD) || has(1, OLD)) && oldLife > 0)) &&
       !iDue(0) && !iDue(1) && !rDue(0) && !rDue(1) && !pairDue(0) && !pairDue(1) && CLOCK_GOES_ON(nothingFlies) ->
       printf("  a tick\n");
       Down(iTimer[0]); Down(iTimer[1]); Down(rTimer[0]); Down(rTimer[1]);
       Down(oldRetires[0]); Down(oldRetires[1]); Down(surplusRetires[0]); Down(surplusRetires[1]);
       Down(oldLife);
       Older(0); Older(1)
     }
  :: atomic { over && !isOver -> isOver = true }
  od
}

init {
  atomic {
    if
    :: wants[0] = true
    :: wants[1] = true
    :: wants[0] = true; wants[1] = true; if :: skip :: surplus = 1 fi
    fi;
    run Initiator(0); run Responder(0); run Initiator(1); run Responder(1);
    run Informationals(0); run Informationals(1); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define one(p) ((p) == OLD || (p) == NEW_0 || (p) == NEW_1)
#define done(pair) (sends[0] == (pair) && sends[1] == (pair))
#define onItsWay(e) (EXCUSES_HASH_3 && sends[e] == NEW(e) && rWaits(e))
#define received(e) ((sends[e] & ~inbound[1 - (e)]) == 0 || onItsWay(e))
#define whole(e) (inbound[e] == outbound[e] || (rWaits(1 - (e)) && inbound[e] == (outbound[e] | NEW(1 - (e)))))

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(forgeries == FORGERIES && outbound[0] == NEW_0) }

ltl S_12 { [] !answeredAnAnswer }
ltl S_12_witness { [] !(outbound[0] == NEW_0 && outbound[1] == NEW_0 && oldLife > 1) }

/* What has ended is not sent on again, whatever copies come late; */
ltl S_15 { [] ((sends[0] & (ended[0] | ~outbound[0])) == 0 && (sends[1] & (ended[1] | ~outbound[1])) == 0) }
ltl S_15_witness { [] !(copies == COPIES && ended[1] == OLD && ended[0] == OLD && done(NEW_0)) }

ltl S_16 { [] (oldLife > 0 || (!has(0, OLD) && !has(1, OLD))) }
ltl S_16_witness { [] !(oldLife == 0) }

ltl S_20 { [] (received(0) && received(1)) }
ltl S_20_witness { [] !(sends[0] == NEW_0 && sends[1] == OLD && losses == LOSSES) }

ltl S_36 { [] (whole(0) && whole(1)) }
ltl S_36_witness { [] !(outbound[0] == NEW_0 && losses == LOSSES) }

ltl L_05 { [] ((outbound[0] & inbound[1]) != 0 && (outbound[1] & inbound[0]) != 0) }
ltl L_05_witness { [] !(outbound[0] == NEW_0 && outbound[1] == NEW_0 && losses == LOSSES) }

/* That it is over in the end is L_15. */
ltl L_06 { [] (isOver -> one(inbound[0] | outbound[0]) && one(inbound[1] | outbound[1])) }
ltl L_06_witness { [] !((outbound[0] & BOTH_NEW) == BOTH_NEW && (outbound[1] & BOTH_NEW) == BOTH_NEW) }

ltl L_07 { <> [] (inbound[0] == inbound[1] && outbound[0] == outbound[1]) }
ltl L_07_witness { [] !(oldLife == 1 && has(0, OLD) && !has(1, OLD)) }

ltl L_15 { <> isOver }
ltl L_15_witness { [] !isOver }
