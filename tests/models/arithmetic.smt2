; The arithmetic the promises of a secret vote rest on, asked of z3. Each question is the denial of what is
; claimed, so that `unsat` means nobody can find a counterexample. A name that begins with `mutant` drops a
; condition and must be `sat`: the condition is needed. tests/models/run reads the expected answer from the name.

; --- Quorums: two roots are never both confirmed by more than two thirds, unless more than a third of the
; consoles sign two roots.
(push)
(declare-const N Int) (declare-const a Int) (declare-const b Int) (declare-const both Int)
(assert (and (> N 0) (<= 0 a N) (<= 0 b N) (<= 0 both N)))
(assert (>= both (- (+ a b) N)))          ; what two sets of a and b out of N have in common
(assert (and (> (* 3 a) (* 2 N)) (> (* 3 b) (* 2 N))))
(echo "quorums-intersect-in-more-than-a-third unsat")
(push) (assert (<= (* 3 both) N)) (check-sat) (pop)
(pop)
(push)
(declare-const N Int) (declare-const a Int) (declare-const b Int) (declare-const both Int)
(assert (and (> N 0) (<= 0 a N) (<= 0 b N) (<= 0 both N) (>= both (- (+ a b) N))))
(assert (and (> (* 2 a) N) (> (* 2 b) N)))
(echo "mutant-majority-is-enough sat")
(assert (<= (* 3 both) N)) (check-sat)
(pop)

; --- Key holders: with 2k > n two roots cannot both get k shares, as long as fewer than 2k - n of them give two.
(push)
(declare-const n Int) (declare-const k Int) (declare-const one Int) (declare-const other Int) (declare-const twice Int)
(assert (and (<= 2 k n) (<= n 15) (> (* 2 k) n) (<= 0 one n) (<= 0 other n) (<= 0 twice n)))
(assert (>= twice (- (+ one other) n)))
(assert (and (>= one k) (>= other k)))
(echo "two-roots-need-holders-who-open-twice unsat")
(push) (assert (< twice (- (* 2 k) n))) (check-sat) (pop)
(pop)
(push)
(declare-const n Int) (declare-const k Int)
(assert (and (<= 2 k n) (<= n 15)))
(echo "mutant-small-threshold sat")
(assert (<= (- (* 2 k) n) 0)) (check-sat)
(pop)

; --- List and acknowledgements: N distinct entries, and each of N members acknowledges one that is its own.
; Entries that belong to nobody who signed: none.
(push)
(declare-const N Int) (declare-const entries Int) (declare-const signers Int) (declare-const stuffed Int)
(assert (and (> N 0) (= entries N) (= signers N) (>= stuffed 0)))
(assert (<= signers (- entries stuffed)))  ; different members find themselves at different entries
(echo "no-stuffed-entry unsat")
(push) (assert (> stuffed 0)) (check-sat) (pop)
(pop)
(push)
(declare-const N Int) (declare-const entries Int) (declare-const signers Int) (declare-const stuffed Int)
(assert (and (> N 1) (= entries N) (= signers (- N 1)) (>= stuffed 0) (<= signers (- entries stuffed))))
(echo "mutant-one-signature-missing sat")
(assert (> stuffed 0)) (check-sat)
(pop)

; --- Digits: v = approve + B·oppose with both at most m <= N < B has one reading.
(push)
(declare-const B Int) (declare-const N Int) (declare-const m Int)
(declare-const y Int) (declare-const x Int) (declare-const y2 Int) (declare-const x2 Int)
(assert (and (> B N) (<= 0 m N) (<= N 3000) (<= B 4096)))
(assert (and (<= 0 y m) (<= 0 x m) (<= 0 y2 m) (<= 0 x2 m)))
(assert (= (+ y (* B x)) (+ y2 (* B x2))))
(echo "digits-have-one-reading unsat")
(push) (assert (or (not (= y y2)) (not (= x x2)))) (check-sat) (pop)
(pop)
(push)
(declare-const B Int) (declare-const N Int)
(declare-const y Int) (declare-const x Int) (declare-const y2 Int) (declare-const x2 Int)
(assert (and (= B N) (= N 5)))
(assert (and (<= 0 y N) (<= 0 x N) (<= 0 y2 N) (<= 0 x2 N) (= (+ y (* B x)) (+ y2 (* B x2)))))
(echo "mutant-base-not-above-the-list sat")
(assert (not (= y y2))) (check-sat)
(pop)

; --- Identities: abstain and not pressed are never negative, and the four figures are the list.
(push)
(declare-const N Int) (declare-const m Int) (declare-const y Int) (declare-const x Int)
(assert (and (<= 0 m N) (<= 0 y) (<= 0 x) (<= (+ y x) m)))
(echo "four-figures-are-the-list unsat")
(push)
(assert (or (< (- m y x) 0) (< (- N m) 0) (not (= N (+ y x (- m y x) (- N m)))))) (check-sat)
(pop)
(pop)

; --- Thresholds {num, den, strict} over a base: one more approval never turns passed into not passed, and what
; passes strictly passes otherwise too.
(define-fun passes ((count Int) (base Int) (num Int) (den Int) (strict Bool)) Bool
    (ite strict (> (* count den) (* base num)) (>= (* count den) (* base num))))
(push)
(declare-const count Int) (declare-const base Int) (declare-const num Int) (declare-const den Int)
(declare-const strict Bool)
(assert (and (<= 0 count base) (<= base 100000) (<= 1 num den) (<= den 12)))
(echo "one-more-approval-never-hurts unsat")
(push)
(assert (and (passes count base num den strict) (not (passes (+ count 1) base num den strict)))) (check-sat)
(pop)
(echo "strict-is-stricter unsat")
(push) (assert (and (passes count base num den true) (not (passes count base num den false)))) (check-sat) (pop)
(echo "mutant-strict-and-not-are-the-same sat")
(push) (assert (not (= (passes count base num den true) (passes count base num den false)))) (check-sat) (pop)
(pop)

; --- For against counted alone (for_and_against): an abstention more changes nothing.
(push)
(declare-const y Int) (declare-const x Int) (declare-const a Int)
(assert (and (<= 0 y) (<= 0 x) (<= 0 a)))
(echo "abstentions-outside-the-base-change-nothing unsat")
(push) (assert (not (= (passes y (+ y x) 1 2 true) (passes y (- (+ y x (+ a 1)) (+ a 1)) 1 2 true)))) (check-sat) (pop)
(pop)
