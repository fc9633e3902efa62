"""What people do with referrals and cases: one method a task, one unit of work a method."""
