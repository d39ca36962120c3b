# นักท่องเที่ยวแจ้งเป็นภาษาอังกฤษ · A tourist writes in English

= A visitor meets the account
person Anna language=en
Anna adds the account
Anna sees Welcome to + Report a problem

- Her LINE is set to English, so she is welcomed in English. She writes, and is answered
Anna says Nobody has collected the garbage near the market for a week, and it smells
Anna sees Send location
Anna sends place 13.9889 100.6160 Rangsit market
Anna sees Send report + Rangsit market
Anna presses Send report
Anna sees Received. Thank you
Anna keeps pile from RS-\d{4}-\d{5,}
