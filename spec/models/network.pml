/* What the models of this folder share: how a row becomes an option of a process, the network, the clock, the bounds.

   THE TABLES. A model includes a file of spec/exchanges inside an if ... fi, and says before it what a row becomes
   there:

       #define ROW_Initiator(state, what, guard, then, sends, text)  :: ... -> printf(text); next = then; ...
       #define ROW_Responder(state, what, guard, then, sends, text)  nothing: the other role's rows

   The guard Name of a row is the macro when_Name of the model. text is the row in one string: printing it does
   nothing in a search, but a trail prints it, and SPIN's report of what was never reached names by it the rows that
   were never taken.

   THE NETWORK. A datagram in flight is an entry of a channel: which message it is, and one number for what it holds.
   A channel is kept sorted, so it is a bag: there is no order to keep.

   - Hostile, as it stands. What was sent once stays in its channel for ever, and whatever is there may arrive at any
     time, in any order, again and again, or never: loss, duplication, overtaking and replay without a bound. The
     attacker adds datagrams of his own, as many as he likes. He has no key, so he can make no HASH. Safety is judged
     on this network.
   - Fair, with -DFAIR. A datagram arrives once, or is lost; no more than LOSSES in all are lost. COPIES of those that
     arrived come again, in any order and as late as they like. The attacker writes FORGERIES datagrams and holds none
     back. Here is judged what needs a network that delivers.

   THE CLOCK. Each model has one clock, the process Clock, for both ends: all timers count down together, and one that
   is due fires before the clock goes on. On the hostile network the clock goes on while datagrams fly, so that every
   timer may fire too early. On the fair one it goes on when all that was sent has arrived or is lost: a round trip is
   shorter than the first gap.

   clause 2408-5.1-03 clause 2408-5.1-04 */

#ifndef RETRIES
#define RETRIES 2                       /* a message is sent again so often */
#endif
#define GAP(tries) (1 << (tries))       /* ticks to the next sending: 1, 2, and 4 before giving up */

#define TEXT(...) #__VA_ARGS__
#define ROW(exchange, role, state, event, guard, next, sends, payloads, clause) \
        ROW_##role(state, event, when_##guard, next, sends, TEXT(exchange role state event guard next sends\n))
#define DROPS(exchange, role, state, events, clause)            /* what no option takes changes nothing */
#define when_Always true

/* The options Arrives, ArrivesWith, ArrivesAgain, Forged and Raced begin a step of an end that listens: they fill event
   and v. again is a channel for the copies that come late. */

#ifdef FAIR

#ifndef LOSSES
#define LOSSES 2
#endif
#ifndef COPIES
#define COPIES 1
#endif
#ifndef FORGERIES
#define FORGERIES 0
#endif

byte losses, copies, forgeries;

inline Send(to, message, content) {
  if
  :: message == Nothing -> skip
  :: message != Nothing -> assert(nfull(to)); to!!message(content)
  :: message != Nothing && losses < LOSSES -> losses++; printf("  %e is lost\n", message)
  fi
}

inline Copy(again, message, content) {
  if
  :: skip
  :: copies < COPIES -> copies++; again!message(content)
  fi
}

#define Arrives(listens, from, again, message) \
        listens && from ?? [message, _] -> from ?? message(v); event = message; Copy(again, message, v)
#define ArrivesWith(listens, from, again, message, content) \
        listens && from ?? [message, content] -> from ?? message, content; \
        event = message; v = content; Copy(again, message, v)
#define ArrivesAgain(listens, again) \
        listens && nempty(again) -> again ? event(v); printf("  a copy comes late\n")

/* What the attacker writes. What would have to win a race against the honest message is left to the hostile network. */
#define Forged(listens, message, content) \
        listens && forgeries < FORGERIES -> forgeries++; event = message; v = content; printf("  the attacker writes\n")
#define Raced(listens, message, content) false -> skip

#define CLOCK_GOES_ON(nothingFlies) (nothingFlies)

#else /* hostile */

inline Send(to, message, content) {
  if
  :: message == Nothing || to ?? [eval(message), eval(content)] -> skip       /* it flies already */
  :: else -> assert(nfull(to)); to!!message(content)
  fi
}

#define Arrives(listens, from, again, message) \
        listens && from ?? [message, _] -> from ?? <message, v>; event = message
#define ArrivesWith(listens, from, again, message, content) \
        listens && from ?? [message, content] -> event = message; v = content
#define ArrivesAgain(listens, again) false -> skip

#define Forged(listens, message, content) \
        listens -> event = message; v = content; printf("  the attacker writes\n")
#define Raced(listens, message, content) Forged(listens, message, content)

#define CLOCK_GOES_ON(nothingFlies) true

#endif
