/* What an end does with its pairs where RFC 2409 is silent. A policy is named after what sets it apart from RefIke's,
   which comes first. Who follows which, as far as it is known: D-135 to D-140 and D-151 in
   spec/decisions/life-cycle.md. What each of them keeps and breaks: docs/rekey-policies.md. */

#define INITIATOR_DELETES_OLD_LATER 1           /* RefIke */
#define INITIATOR_DELETES_OLD_AT_ONCE 2         /* strongSwan, where it is told to delete at all */
#define BOTH_DELETE_OLD_LATER 3
#define BOTH_DELETE_OLD_AT_ONCE 4
#define OLD_EXPIRES_UNTOLD 5                    /* strongSwan, racoon */
#define OLD_EXPIRES_AND_IS_TOLD 6               /* libreswan */
#define LIFE_IS_NOT_COUNTED 7                   /* kilobytes are, perhaps */
#define BOTH_NEW_STAY 8                         /* strongSwan, libreswan */
#define LAST_NEW_IS_SENT_ON 9                   /* RefIke, as meant at first */
#define EACH_DELETES_ITS_OWN_NEW 10             /* strongSwan, by a rule */
#define EACH_DELETES_THE_OTHERS_NEW 11          /* whoever takes its own for the newest */
#define OLDEST_IS_SENT_ON 12                    /* Cisco of old; BSD kernels under racoon */
#define NEW_WAITS_FOR_TRAFFIC 13                /* draft-jenkins-ipsec-rekeying-06 section 2.2.1 */
#define RESPONDER_RECEIVES_WITH_MESSAGE_2 14    /* libreswan */
#define DELETE_IS_NOT_ANSWERED 15
#define EACH_HALF_GOES_BY_ITSELF 16

#define policy(e) ((e) == 0 -> POLICY : PEER)
#define AT_ONCE(e) (policy(e) == INITIATOR_DELETES_OLD_AT_ONCE || policy(e) == BOTH_DELETE_OLD_AT_ONCE)
#define BOTH_DELETE(e) (policy(e) == BOTH_DELETE_OLD_LATER || policy(e) == BOTH_DELETE_OLD_AT_ONCE)
#define LET_EXPIRE(e) (policy(e) == OLD_EXPIRES_UNTOLD || policy(e) == OLD_EXPIRES_AND_IS_TOLD)

/* Does end e delete OLD, when it has this new pair, and after how long? Does OLD's life end, and who is told? */
#define DELETES_OLD(e, pair) (BOTH_DELETE(e) || (!LET_EXPIRE(e) && pair == NEW(e)))
#define OLD_AFTER(e) (AT_ONCE(e) -> 0 : DELETE_OLD_AFTER)
#define KEEPS_LIFE(e) (policy(e) != LIFE_IS_NOT_COUNTED)
#define TELLS_EXPIRY(e) (policy(e) != OLD_EXPIRES_UNTOLD)

/* Which of two new pairs would it delete, does it, and on which does it send, when this one is the last? */
#define SURPLUS(e) (policy(e) == EACH_DELETES_THE_OTHERS_NEW -> NEW(1 - (e)) : NEW(e))
#define DELETES_SURPLUS(e) (policy(e) == EACH_DELETES_ITS_OWN_NEW || policy(e) == EACH_DELETES_THE_OTHERS_NEW || \
        (policy(e) != BOTH_NEW_STAY && surplus == e))
#define AFTER_COLLISION(e, pair) (policy(e) == EACH_DELETES_ITS_OWN_NEW -> NEW(1 - (e)) : \
        (policy(e) == EACH_DELETES_THE_OTHERS_NEW -> NEW(e) : \
        (policy(e) == BOTH_NEW_STAY || policy(e) == LAST_NEW_IS_SENT_ON -> pair : NEW(1 - surplus))))

/* Does it go on sending on what it sends on, though it would choose another? */
#define STAYS(e, chosen) ((policy(e) == OLDEST_IS_SENT_ON && (sends[e] & outbound[e]) != 0) || \
        (policy(e) == NEW_WAITS_FOR_TRAFFIC && chosen == NEW(e)))
/* It waits for traffic on its new pair, and the peer sends on it. */
#define hearsNew(e) (policy(e) == NEW_WAITS_FOR_TRAFFIC && sends[e] != NEW(e) && (outbound[e] & NEW(e)) != 0 && \
        sends[1 - (e)] == NEW(e) && ((outbound[e] & BOTH_NEW) != BOTH_NEW || surplus != e))
#define RECEIVES_WITH_MESSAGE_2(e) (policy(e) == RESPONDER_RECEIVES_WITH_MESSAGE_2)

/* What does its own Delete take at once, and does it answer the peer's? */
#define OUTBOUND_OF(e, pair) (policy(e) == EACH_HALF_GOES_BY_ITSELF -> 0 : pair)
#define ANSWERS(e) (policy(e) != DELETE_IS_NOT_ANSWERED)

/* An end has a new pair: if the other new one is there too, one of them may be surplus. */
inline Install(e, pair) {
  inbound[e] = inbound[e] | pair;
  outbound[e] = outbound[e] | pair;
  if
  :: (outbound[e] & BOTH_NEW) == BOTH_NEW && !follows[e] ->
       sends[e] = (STAYS(e, AFTER_COLLISION(e, pair)) -> sends[e] : AFTER_COLLISION(e, pair));
       surplusRetires[e] = (DELETES_SURPLUS(e) -> DELETE_SURPLUS_AFTER + 1 : 0)
  :: else -> sends[e] = (STAYS(e, pair) -> sends[e] : pair)
  fi;
  oldRetires[e] = (has(e, OLD) && (oldRetires[e] != 0 || DELETES_OLD(e, pair)) -> OLD_AFTER(e) + 1 : 0)
}

/* One that was sent on may go: the newest takes its place that this end is not about to delete; where there is none the
   old one, which it deletes no more. */
inline Heir(e) {
  if
  :: (sends[e] & outbound[e]) != 0 -> skip
  :: else ->
       sends[e] = outbound[e] & BOTH_NEW;
       if
       :: sends[e] == BOTH_NEW -> sends[e] = AFTER_COLLISION(e, NEW(e))
       :: sends[e] == 0 -> sends[e] = outbound[e]; oldRetires[e] = (sends[e] != 0 -> 0 : oldRetires[e])
       :: else
       fi
  fi
}

inline Remove(e, ins, outs) {
  ended[e] = ended[e] | (outs & outbound[e]);
  inbound[e] = inbound[e] & ~(ins);
  outbound[e] = outbound[e] & ~(outs);
  oldRetires[e] = (inbound[e] & OLD -> oldRetires[e] : 0);
  surplusRetires[e] = (inbound[e] & SURPLUS(e) -> surplusRetires[e] : 0);
  Heir(e)
}
