/* Two Main Modes between two ends that both begin (RFC 2408 section 2.3), what INITIAL-CONTACT does there (RFC 2407 section
   4.6.3.3), and how a restart heals.

   Tables: main-mode-psk.rows and quick-mode.rows, each twice and in both roles. Main Mode k and Quick Mode k are begun by
   end k. An end has ISAKMP SAs, OLD_SA and SA(k), and pairs, OLD_PAIR and PAIR(k). The OLD ones are of a former life:
   both ends have them, or end 0 alone, for end 1 was restarted, or neither. An end wants a pair at some time, or not at all:
   - under a fresh ISAKMP SA that it has by then, or after a Main Mode of its own, which renews OLD_SA where that is there;
   - it says INITIAL-CONTACT in its Quick Mode where it knew nothing of its peer when it began the Main Mode, and
     nothing but that ISAKMP SA when it begins the Quick Mode (Steps/InitialContact.cs in src/RefIke.Engine);
   - who hears it removes what is older than the ISAKMP SA that carries it: what stood there before that came up.
   -DCONTACT_ALWAYS: it is said in the first Quick Mode after each Main Mode, as libreswan does. -DCONTACT_REMOVES_ALL: all
   goes but the ISAKMP SA that carries it, as in isakmpd. -DCONTACT_NEVER: it is not said.

   On the fair network, without a clock: a timer fires when nothing flies, those of Main Mode first. A Quick Mode that comes
   before its ISAKMP SA is up is held (Steps/EarlyMessages.cs). What attackers do to one exchange is asked of main-mode.pml
   and quick-mode.pml, which of two new pairs goes of phase2-life.pml: here both stay, and nothing is deleted.

   clause 2407-4.6.3-01 clause 2407-4.6.3-02 clause 2407-4.6.3-03 clause 2407-4.6.3.3-02 clause 2409-5.4-01 clause 2409-5.5-20 */

mtype = { Idle, AwaitSaR, AwaitKeR, AwaitKeI, AwaitHashR, AwaitHashI, AwaitHash2, AwaitConnected, AwaitHash3, Established, Failed };
mtype = { Nothing, Initiate, SaPayload, KeyAndNonce, IdAndHash, Hash1SaNonce, Hash2SaNonce, Hash3, Connected, Refusal };
mtype = { Refused, RetriesSpent, HalfOpenExpired, ParentDeleted, PeerDeleted };

#define FAIR
#include "network.pml"

#ifndef BOTH_BEGIN
#define BOTH_BEGIN true                         /* or else not while one of them has been restarted */
#endif

#define OLD_SA 1
#define SA(k) (2 << (k))
#define SAS 7
#define OLD_PAIR 8
#define PAIR(k) (16 << (k))
#define PAIRS 56
#define CONTACT 1                               /* what message 1 of Quick Mode holds, or not */

chan toI[2] = [4] of { mtype, byte };
chan toR[2] = [4] of { mtype, byte };
chan againI[2] = [2] of { mtype, byte };
chan againR[2] = [2] of { mtype, byte };

/* What each end has; what it had when each ISAKMP SA came up; whether it wants a pair. */
byte has[2], before[6];
bool wants[2];
/* Main Mode k: i at end k, r at the other. Quick Mode k likewise: q and a. */
mtype iState[2] = Idle, rState[2] = Idle, qState[2] = Idle, aState[2] = Idle;
byte iTries[2], qTries[2], aTries[2];
byte under[2], said[2];                         /* the ISAKMP SA of Quick Mode k; CONTACT, if it was said */
bool first[2];                                  /* it knew nothing when it began */

/* Ghosts, for the properties alone: whether INITIAL-CONTACT took what its sender has, whether it took anything. */
bool wrong, taken, isOver, former;              /* former: end 0 has OLD ones */

#define iWaits(k) (iState[k] == AwaitSaR || iState[k] == AwaitKeR || iState[k] == AwaitHashR)
#define rWaits(k) (rState[k] == AwaitKeI || rState[k] == AwaitHashI)
#define qWaits(k) (qState[k] == AwaitHash2)
#define aWaits(k) (aState[k] == AwaitHash3)
#define sas(e) (has[e] & SAS & ~OLD_SA)
#define pairs(e) (has[e] & PAIRS & ~OLD_PAIR)
#define newest(e) (sas(e) == 6 -> (before[3 * (e) + 1] & SA(1) -> SA(0) : SA(1)) : sas(e))
/* An end cannot read what comes under an ISAKMP SA that it has not, but it keeps it where that is on its way. */
#define reads(e, k) ((has[e] & under[k]) != 0)
#define holds(e, k) (!reads(e, k) && ((under[k] == SA(e) && iWaits(e)) || (under[k] == SA(1 - (e)) && rWaits(1 - (e)))))
#define nothingFliesOf(k) (empty(toI[k]) && (empty(toR[k]) || (toR[k] ?? [Hash1SaNonce, _] && len(toR[k]) == 1 && holds(1 - (k), k))))
#define nothingFlies (nothingFliesOf(0) && nothingFliesOf(1))
#define begins(e) (wants[e] && qState[e] == Idle && iState[e] != Failed)
#define noneBegins (!begins(0) && !begins(1))
#define mmIsQuiet (!iWaits(0) && !iWaits(1) && !rWaits(0) && !rWaits(1))
#define over (nothingFlies && noneBegins && mmIsQuiet && !qWaits(0) && !qWaits(1) && !aWaits(0) && !aWaits(1))

inline ComesUp(x, n) { before[3 * (x) + 1 + (n)] = has[x]; has[x] = has[x] | SA(n) }
inline Install(x, n) { has[x] = has[x] | PAIR(n) }

#ifdef CONTACT_ALWAYS
#define KNOWS_NOTHING_BUT(e, sa) true
#elif defined(CONTACT_NEVER)
#define KNOWS_NOTHING_BUT(e, sa) false
#else
#define KNOWS_NOTHING_BUT(e, sa) ((has[e] & ~(sa)) == 0)
#endif
#ifdef CONTACT_REMOVES_ALL
#define OLDER(e, sa) (has[e] & ~(sa))
#else
#define OLDER(e, sa) (has[e] & before[3 * (e) + ((sa) == SA(0) -> 1 : 2)])
#endif

/* INITIAL-CONTACT came to end e under an ISAKMP SA: what goes ends the Quick Mode that is open under it. */
inline Obey(x, sa) {
  gone = OLDER(x, sa);
  wrong = wrong || (gone & has[1 - x]) != 0;
  taken = taken || gone != 0;
  has[x] = has[x] & ~gone;
  if :: qWaits(x) && (under[x] & gone) != 0 -> qState[x] = Failed :: else fi;
  gone = 0
}

#define when_ChoiceWasOffered true
#define when_ChoiceNotOffered false
#define when_PublicValueValid true
#define when_PublicValueInvalid false
#define when_HashMatches true
#define when_HashDiffers false
#define when_IdentityRefused false
#define when_OfferAcceptable true
#define when_NothingAcceptable false
#define when_AnswerAcceptable true
#define when_AnswerAcceptableAndCommits false
#define when_AnswerNotOffered false
#define when_HashMatchesAndCommits false

/* A row of either table: MainModePsk's speaks of one state, QuickMode's of another. */
#undef ROW
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) \
        ROW_##role(exchange##_##role, state, event, when_##guard, next, sends, TEXT(exchange role state event guard next sends\n))
#define MainModePsk_Initiator iState[k]
#define MainModePsk_Responder rState[k]
#define QuickMode_Initiator qState[k]
#define QuickMode_Responder aState[k]

/* ---------------------------------------------------------------- Who begins Main Mode k and Quick Mode k: end k. */

#define ROW_Initiator(which, state, what, guard, then, sends, text) \
        :: which == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(which, state, what, guard, then, sends, text)

proctype Begins(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v;
  bool opens;                                                           /* Quick Mode is begun in this step */
end:
  do
  :: atomic {
       if                                                               /* What happens. */
       :: wants[k] && iState[k] == Idle && qState[k] == Idle && sas(k) == 0 -> first[k] = KNOWS_NOTHING_BUT(k, 0); event = Initiate
       :: wants[k] && iState[k] == Idle && qState[k] == Idle && sas(k) != 0 -> opens = true
       :: Arrives(iWaits(k), toI[k], againI[k], SaPayload)
       :: Arrives(iWaits(k), toI[k], againI[k], KeyAndNonce)
       :: Arrives(iWaits(k), toI[k], againI[k], IdAndHash)
       :: Arrives(qState[k] != Idle, toI[k], againI[k], Hash2SaNonce)
       :: iWaits(k) && nothingFlies && iTries[k] < RETRIES -> iTries[k]++;
            message = (iState[k] == AwaitSaR -> SaPayload : (iState[k] == AwaitKeR -> KeyAndNonce : IdAndHash));
            Send(toR[k], message, 0)
       :: qWaits(k) && nothingFlies && mmIsQuiet && qTries[k] < RETRIES -> qTries[k]++; Send(toR[k], Hash1SaNonce, said[k])
       :: iWaits(k) && nothingFlies && iTries[k] == RETRIES -> event = RetriesSpent
       :: qWaits(k) && nothingFlies && mmIsQuiet && qTries[k] == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it in Main Mode, */
#include "main-mode-psk.rows"
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            iState[k] = next; iTries[k] = 0; opens = (next == Established);
            if :: opens -> ComesUp(k, k) :: else fi;
            Send(toR[k], message, 0);
            event = Nothing
       fi;
       next = Nothing; message = Nothing;

       if                                                               /* and in Quick Mode. */
       :: opens ->
            under[k] = (iState[k] == Established -> SA(k) : newest(k));
            said[k] = (under[k] == SA(k) && first[k] && KNOWS_NOTHING_BUT(k, SA(k)) -> CONTACT : 0);
            event = Initiate
       :: event == Hash2SaNonce && !reads(k, k) -> event = Nothing
       :: else
       fi;
       if
#include "quick-mode.rows"
       :: event == Hash2SaNonce && qState[k] == Established -> Send(toR[k], Hash3, 0)           /* a copy */
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            qState[k] = next; qTries[k] = 0;
            if :: next == Established -> Install(k, k) :: else fi;
            v = (message == Hash1SaNonce -> said[k] : 0);
            Send(toR[k], message, v)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0; opens = false
     }
  od
}

#undef ROW_Initiator
#undef ROW_Responder

/* ---------------------------------------------------------------- Who answers: end 1 - k. */

#define ROW_Initiator(which, state, what, guard, then, sends, text)
#define ROW_Responder(which, state, what, guard, then, sends, text) \
        :: which == state && event == what && guard -> printf(text); next = then; message = sends

proctype Answers(byte k) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v, gone, e = 1 - k;
end:
  do
  :: atomic {                                                           /* Main Mode. */
       if
       :: Arrives(true, toR[k], againR[k], SaPayload)
       :: Arrives(true, toR[k], againR[k], KeyAndNonce)
       :: Arrives(true, toR[k], againR[k], IdAndHash)
       :: rWaits(k) && iState[k] == Failed && nothingFlies -> event = HalfOpenExpired
       fi;
       if
#include "main-mode-psk.rows"
       :: event == SaPayload && rState[k] == AwaitKeI -> Send(toI[k], SaPayload, 0)             /* copies */
       :: event == KeyAndNonce && rState[k] == AwaitHashI -> Send(toI[k], KeyAndNonce, 0)
       :: event == IdAndHash && rState[k] == Established -> Send(toI[k], IdAndHash, 0)
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            rState[k] = next;
            if :: next == Established -> ComesUp(e, k) :: else fi;
            Send(toI[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  :: atomic {                                                           /* Quick Mode. */
       if
       :: Arrives(!holds(e, k), toR[k], againR[k], Hash1SaNonce)
       :: Arrives(true, toR[k], againR[k], Hash3)
       :: aWaits(k) && nothingFlies && mmIsQuiet && aTries[k] < RETRIES -> aTries[k]++; Send(toI[k], Hash2SaNonce, 0)
       :: aWaits(k) && nothingFlies && mmIsQuiet && aTries[k] == RETRIES -> event = RetriesSpent
       fi;
       if
       :: event == Hash1SaNonce && reads(e, k) && aState[k] == Idle && (v & CONTACT) -> Obey(e, under[k])
       :: event != Nothing && !reads(e, k) -> event = Nothing
       :: else
       fi;
       if
#include "quick-mode.rows"
       :: event == Hash1SaNonce && aWaits(k) -> Send(toI[k], Hash2SaNonce, 0)
       :: else -> skip
       fi;
       if
       :: next == Nothing -> skip
       :: else ->
            aState[k] = next; aTries[k] = 0;
            if :: next == Established -> Install(e, k) :: else fi;
            Send(toI[k], message, 0)
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

proctype Watch() {
end:
  atomic { over -> isOver = true }
}

init {
  atomic {
    if
    :: skip
    :: former = true; has[0] = OLD_SA + OLD_PAIR
    :: former = true; has[0] = OLD_SA + OLD_PAIR; has[1] = OLD_SA + OLD_PAIR
    fi;
    if
    :: !former || has[1] != 0 -> wants[0] = true
    :: wants[1] = true
    :: !former || has[1] != 0 || BOTH_BEGIN -> wants[0] = true; wants[1] = true
    fi;
    run Begins(0); run Answers(0); run Begins(1); run Answers(1); run Watch()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define stale(e) (has[e] & ~has[1 - (e)] & (OLD_SA + OLD_PAIR))

ltl S_17 { [] !wrong }
ltl S_17_witness { [] !taken }

/* Of ISAKMP SAs no collision makes more than two, and one may be of a former life. */
ltl S_18 { [] ((has[0] & SAS) != SAS || former) }
ltl S_18_witness { [] !(sas(0) == 6 && sas(1) == 6) }

/* That it is over in the end is L_15. */
ltl L_02 { [] (isOver -> (sas(0) & sas(1)) != 0 && (pairs(0) & pairs(1)) != 0) }
ltl L_02_witness { [] !(isOver && losses == LOSSES && pairs(0) == PAIR(0)) }

ltl L_06 { [] (isOver -> sas(0) == sas(1) && pairs(0) == pairs(1)) }
ltl L_06_witness { [] !(isOver && sas(0) == 6 && pairs(0) == PAIR(0) + PAIR(1)) }

ltl L_08 { [] (isOver -> stale(0) == 0) }
ltl L_08_witness { [] !(stale(0) != 0 && sas(0) == SA(1)) }

ltl L_15 { <> isOver }
ltl L_15_witness { [] !isOver }
